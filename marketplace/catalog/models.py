"""The models of the app, one noun a folder."""

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.quality.models import QualityCheck, QualityResult, QualityRules
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.version.models import Column, DatasetVersion

__all__ = [
    "Column",
    "DatabaseSource",
    "Dataset",
    "DatasetVersion",
    "Drawing",
    "Origin",
    "QualityCheck",
    "QualityResult",
    "QualityRules",
]
