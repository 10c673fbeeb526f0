"""What a re-identifier could do with a written file, and what the file has lost."""

from desensitize.risk.figures import RiskFigures, measure
from desensitize.risk.scan import Finding, full_scan
from desensitize.risk.utility import Comparison, compare_tables

__all__ = ["Comparison", "Finding", "RiskFigures", "compare_tables", "full_scan", "measure"]
