"""A product in full, edited: the library shows one, and a tender its own products."""
