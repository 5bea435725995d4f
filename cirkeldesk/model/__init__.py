"""What a tender is and all that follows from it: pure values and functions, no Qt, SQL, file, clock or screen
text."""
