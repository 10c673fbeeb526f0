"""Datasets that bring new data of the same kind again and again."""
