"""What keeps a file safe, and what brings two files together."""
