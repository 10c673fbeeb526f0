"""Rules that a dataset's versions must keep to, and what was found of each version."""
