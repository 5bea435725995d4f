"""The library of products."""
