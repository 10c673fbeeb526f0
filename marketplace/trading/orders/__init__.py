"""What is bought: orders, contracts, what is owed, disputes and recalls."""
