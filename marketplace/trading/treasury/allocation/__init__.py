"""What a payment that waits is for."""
