"""Signed credentials and their keys."""
