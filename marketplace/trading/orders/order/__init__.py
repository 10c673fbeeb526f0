"""What a buyer orders."""
