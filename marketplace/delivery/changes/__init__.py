"""What changed for a buyer from one revision to the next."""
