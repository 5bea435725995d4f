"""What serves the house and not its users; it is not in the wheel."""
