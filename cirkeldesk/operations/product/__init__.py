"""What a user does with products and their declarations."""
