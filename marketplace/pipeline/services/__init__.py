"""Reacting to sealed entries, and trying again what failed."""
