"""The demo: a believable agency whose month of delivery the engine itself produces."""
