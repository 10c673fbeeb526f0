"""Datasets, their versions, and the columns of these."""

from marketplace.catalog.models.datasets import Dataset
from marketplace.catalog.models.versions import Column, DatasetVersion, VersionKind

__all__ = ["Column", "Dataset", "DatasetVersion", "VersionKind"]
