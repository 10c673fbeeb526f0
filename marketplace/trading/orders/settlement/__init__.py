"""What is owed for an order, what is held of it, and how it is divided."""
