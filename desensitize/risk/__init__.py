"""What a re-identifier could do with a written file, and what the file has lost."""

from desensitize.risk.class_sizes import SizeBand, class_sizes
from desensitize.risk.figures import RiskFigures, measure
from desensitize.risk.scan import Finding, full_scan
from desensitize.risk.utility import Comparison, compare_tables

__all__ = [
    "Comparison",
    "Finding",
    "RiskFigures",
    "SizeBand",
    "class_sizes",
    "compare_tables",
    "full_scan",
    "measure",
]
