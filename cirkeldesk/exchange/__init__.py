"""Reads what others wrote, writes what others read: one module per format, one entry that recognises the
format."""
