"""What the sides of an order propose to each other."""
