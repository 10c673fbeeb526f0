"""Grants, transfers, delivery modes."""
