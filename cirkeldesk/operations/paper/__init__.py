"""What is printed, exported, made final and verified."""
