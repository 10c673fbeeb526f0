"""Datasets, versions, columns, collection, annotation, content review."""
