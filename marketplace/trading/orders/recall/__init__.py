"""Recalls: somebody reports that a person can be found, two examine it, and trades are undone."""
