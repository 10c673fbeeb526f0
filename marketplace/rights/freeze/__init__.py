"""What holds a right up, and how a certificate ends."""
