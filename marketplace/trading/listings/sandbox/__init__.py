"""Answers that are sold instead of rows, and what they may spend."""
