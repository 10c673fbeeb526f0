"""Datasets, their versions, the columns of these, and the databases that they are drawn from."""

from marketplace.catalog.models.datasets import Dataset
from marketplace.catalog.models.sources import DatabaseKind, DatabaseSource, Drawing, TlsMode
from marketplace.catalog.models.versions import Column, DatasetVersion, VersionKind

__all__ = [
    "Column",
    "DatabaseKind",
    "DatabaseSource",
    "Dataset",
    "DatasetVersion",
    "Drawing",
    "TlsMode",
    "VersionKind",
]
