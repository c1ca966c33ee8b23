"""Pages about who belongs to a Business Center, what they get, and what they ask for."""
