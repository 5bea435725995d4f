"""What follows from an awarded lot: the contract, what is delivered, and what a person decided about it."""
