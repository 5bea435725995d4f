"""Lists that others keep of money and of deliveries: the commitments of a financial administration, and what
a contractor delivered."""
