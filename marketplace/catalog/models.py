from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.push.models import Push, PushPart
from marketplace.catalog.quality.models import QualityCheck, QualityResult, QualityRules
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.version.models import Column, DatasetVersion

__all__ = [
    "ApprovedContent",
    "Arrival",
    "Column",
    "DatabaseSource",
    "Dataset",
    "DatasetVersion",
    "Drawing",
    "Feed",
    "Intake",
    "Origin",
    "Push",
    "PushPart",
    "QualityCheck",
    "QualityResult",
    "QualityRules",
]
