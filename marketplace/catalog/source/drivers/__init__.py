"""Read databases row by row, at addresses that are allowed."""
