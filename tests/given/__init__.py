"""Builders: each reaches a state by calling acts, and sets none."""
