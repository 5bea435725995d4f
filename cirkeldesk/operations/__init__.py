"""What a user can do, one small function each. One operation is one transaction, one undo step, one history
row."""
