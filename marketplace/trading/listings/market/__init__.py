"""What stands in the market."""
