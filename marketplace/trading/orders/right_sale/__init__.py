"""Orders by which the right itself is sold."""
