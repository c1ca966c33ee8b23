"""The delivery engine: pure arithmetic from a plan and a state to one hour's events and costs."""
