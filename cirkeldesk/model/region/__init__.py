"""The region: what several organisations ask, what it scores together, and what could be planned together."""
