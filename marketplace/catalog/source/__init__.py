"""Databases that data is drawn from, and the drawings."""
