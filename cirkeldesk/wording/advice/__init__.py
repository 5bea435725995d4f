"""The advice in words: its sections, its tables, and what changed since the version before."""
