"""Money that comes in."""
