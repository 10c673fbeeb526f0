"""Glue for doors that knows no app."""
