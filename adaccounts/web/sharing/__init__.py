"""Working with other Business Centers: links, partners, and what they share with us."""
