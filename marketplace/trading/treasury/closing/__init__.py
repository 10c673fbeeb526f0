"""Days whose books are closed."""
