"""What a re-identifier could do with a written file, and what the file has lost."""

from desensitize.risk.class_sizes import SizeBand, class_sizes
from desensitize.risk.confirmation import confirm
from desensitize.risk.figures import RiskFigures, measure
from desensitize.risk.grade import Grade, GradeThresholds, grade
from desensitize.risk.linkage import Linkage, linkage_attack
from desensitize.risk.population import PopulationFigures, estimated_uniques
from desensitize.risk.scan import Finding, full_scan
from desensitize.risk.sensitive import SensitiveFigures
from desensitize.risk.utility import Comparison, compare_tables

__all__ = [
    "Comparison",
    "Finding",
    "Grade",
    "GradeThresholds",
    "Linkage",
    "PopulationFigures",
    "RiskFigures",
    "SensitiveFigures",
    "SizeBand",
    "class_sizes",
    "compare_tables",
    "confirm",
    "estimated_uniques",
    "full_scan",
    "grade",
    "linkage_attack",
    "measure",
]
