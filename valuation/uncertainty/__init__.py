"""Values under uncertainty: declared distributions, correlation, seeded draws, sensitivities."""

from valuation.uncertainty.distributions import Distribution
from valuation.uncertainty.drawing import draw
from valuation.uncertainty.models import Model, Term
from valuation.uncertainty.summary import Summary, summary_of
from valuation.uncertainty.tornado import Bar, Range, sensitivities

__all__ = [
    "Bar",
    "Distribution",
    "Model",
    "Range",
    "Summary",
    "Term",
    "draw",
    "sensitivities",
    "summary_of",
]
