"""What a re-identifier could do with a written file."""

from desensitize.risk.figures import RiskFigures, measure
from desensitize.risk.scan import Finding, full_scan

__all__ = ["Finding", "RiskFigures", "full_scan", "measure"]
