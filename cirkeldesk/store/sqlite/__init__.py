"""What only SQLite knows: its file, its lock, its copies, and how it is read when it is damaged."""
