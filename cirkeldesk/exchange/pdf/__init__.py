"""Declarations on paper: words with their places, tables found among them, and what a table proves of
itself."""
