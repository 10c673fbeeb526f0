"""Bank statements, compared with the books."""
