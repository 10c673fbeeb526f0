"""Weights from pairwise judgements: the analytic hierarchy process."""

from valuation.weighting.comparisons import Comparisons, comparisons_from
from valuation.weighting.eigenvector import principal_eigenvector

__all__ = ["Comparisons", "comparisons_from", "principal_eigenvector"]
