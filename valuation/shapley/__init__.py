"""What each owner contributes to a joint dataset: Shapley values, exact, by neighbours, sampled."""

from valuation.shapley.exact import MOST_OWNERS, exact_shapley
from valuation.shapley.games import Game, coverage_game, overlap_game, quota_game, table_game
from valuation.shapley.neighbours import knn_shapley, knn_utility
from valuation.shapley.sampling import Sampled, sampled_shapley
from valuation.shapley.shares import shares_of

__all__ = [
    "MOST_OWNERS",
    "Game",
    "Sampled",
    "coverage_game",
    "exact_shapley",
    "knn_shapley",
    "knn_utility",
    "overlap_game",
    "quota_game",
    "sampled_shapley",
    "shares_of",
    "table_game",
]
