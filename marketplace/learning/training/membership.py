"""Try whether it can be told who was trained on (Shokri et al., IEEE S&P 2017).

Ten times a model of the same declaration is trained on one half of the rows, and the attacker of
`desensitize` asks of each row of both halves whether it was in: by how little the model is
surprised at its label, and by how much less than models that did not see it (Carlini et al., 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from desensitize.attacks.excess import Excess, Share, added, gravity, weigh
from desensitize.attacks.membership import HALF, told_apart
from marketplace.learning.training.ensemble import Tell, fit
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.table import Flags, Floats, Table

SPLITS = 10
MOST_ADVANTAGE = 0.05
MOST_ROWS = 40_000
"""Of more rows so many are drawn: a model of fewer rows keeps more of each, never less."""
STUDENT_95 = 2.262157
"""The quantile of Student's distribution with nine degrees of freedom for an interval of 95 %."""


@dataclass(frozen=True)
class Shadow:
    """One split: who was in, and how much the model of those is surprised at each row."""

    members: Flags
    surprise: Floats


def membership(
    table: Table, settings: Mapping[str, float], *, tell: Tell = lambda _share: None
) -> dict[str, Any]:
    """Return the advantage of the worst attacker with its upper bound at 95 %, as JSON holds it.

    `settings` are those that the search found for the model.
    """
    random = np.random.default_rng([table.declaration.seed, SPLITS])
    pool = random.permutation(np.flatnonzero(~table.held))[:MOST_ROWS]
    shadows = []
    for number in range(SPLITS):
        shadows.append(_shadow(table, np.sort(pool), random, settings))
        tell((number + 1) / SPLITS)
    games = {
        "surprise": [(one, one.surprise) for one in shadows],
        "surprise beyond other models": [
            (one, one.surprise - _of_others(shadows, one)) for one in shadows
        ],
    }
    found = {}
    for name, signals in games.items():
        found[f"{name}: pairs"] = _bounded(
            [told_apart(signal[one.members], signal[~one.members]) for one, signal in signals]
        )
        found[f"{name}: threshold"] = _bounded(_by_threshold(signals))
    worst = max(found, key=lambda name: gravity(found[name], MOST_ADVANTAGE))
    return {
        "splits": SPLITS,
        "rows": len(pool),
        "attacker": worst,
        "advantage": found[worst].value,
        "upper_bound": found[worst].high,
        "most": MOST_ADVANTAGE,
        "passed": found[worst].high <= MOST_ADVANTAGE,
        "attackers": {name: asdict(excess) for name, excess in found.items()},
    }


def check_membership(found: dict[str, Any]) -> None:
    """Refuse a model whose rows can be told.

    Raises:
        TrainingError: `members-told-apart`.
    """
    if not found["passed"]:
        raise TrainingError(
            "members-told-apart", advantage=round(found["upper_bound"], 3), most=MOST_ADVANTAGE
        )


def _shadow(table: Table, pool: Any, random: Any, settings: Any) -> Shadow:
    members = random.permutation(len(pool)) < len(pool) // 2
    rows = np.zeros(len(table), dtype=bool)
    rows[pool[members]] = True
    trained = fit(table, rows, settings=settings)
    probabilities = trained.probabilities(table.inputs.at(pool))
    chance = probabilities[np.arange(len(pool)), table.labels[pool]]
    clipped = np.clip(chance, 1e-12, 1 - 1e-12)
    # The logarithm of the odds spreads what the loss presses together near certainty.
    return Shadow(members, np.log1p(-clipped) - np.log(clipped))


def _of_others(shadows: list[Shadow], asked: Shadow) -> Floats:
    """Return how much models that did not see a row are surprised at it, on the average."""
    others = [one for one in shadows if one is not asked]
    out = np.array([~one.members for one in others])
    surprise = np.array([one.surprise for one in others])
    seen = out.sum(axis=0)
    mean = (surprise * out).sum(axis=0) / np.maximum(seen, 1)
    found: Floats = np.where(seen > 0, mean, surprise.mean(axis=0))
    return found


def _by_threshold(signals: list[tuple[Shadow, Floats]]) -> list[Share]:
    """Say of a row that it was in where the signal is low enough, as learned from other splits."""
    played = []
    for asked, signal in signals:
        others = [(one.members, other) for one, other in signals if one is not asked]
        inside = np.concatenate([other[members] for members, other in others])
        outside = np.concatenate([other[~members] for members, other in others])
        threshold = _best_threshold(inside, outside)
        said = signal <= threshold
        played.append(Share(float((said == asked.members).sum()), len(said)))
    return played


def _best_threshold(inside: Floats, outside: Floats) -> float:
    values = np.quantile(np.concatenate([inside, outside]), np.linspace(0.01, 0.99, 99))
    inside, outside = np.sort(inside), np.sort(outside)
    ahead = np.searchsorted(inside, values, side="right") / len(inside)
    behind = np.searchsorted(outside, values, side="right") / len(outside)
    return float(values[int(np.argmax(ahead - behind))])


def _bounded(played: list[Share]) -> Excess:
    """Weigh what was reached against a coin.

    The splits share rows, so that the bound is the wider one of two: of all trials together, and
    of the splits among each other.
    """
    excess = weigh(added(*played), HALF)
    single = np.array([(one.rate - HALF.rate) / (1 - HALF.rate) for one in played])
    among = float(single.mean() + STUDENT_95 * single.std(ddof=1) / np.sqrt(len(single)))
    return Excess(
        rate=excess.rate,
        control=excess.control,
        value=excess.value,
        low=excess.low,
        high=min(1.0, max(excess.high, among)),
        trials=excess.trials,
    )
