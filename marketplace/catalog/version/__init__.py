"""Versions of a dataset: their bytes, columns and rows."""
