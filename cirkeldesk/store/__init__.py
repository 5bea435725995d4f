"""Keeps documents in a SQLite database: versions by content hash, heads, drafts, a history chain, list
tables."""
