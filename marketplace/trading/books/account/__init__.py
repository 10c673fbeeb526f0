"""What money moves from and to."""
