"""What a user does about an award."""
