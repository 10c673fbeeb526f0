"""The demand board."""
