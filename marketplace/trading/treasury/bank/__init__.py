"""Bank statements, line by line."""
