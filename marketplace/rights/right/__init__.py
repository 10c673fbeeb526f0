"""What rights there are, over which data, and who may register them."""
