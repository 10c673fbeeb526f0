"""Persons who objected: their rows are left out of what is made."""
