"""What a user does with one tender, from making it to its bids and its history."""
