"""Try whether it can be told who was trained on (Shokri et al., IEEE S&P 2017).

Ten times or oftener a model of the same declaration is trained on one half of the rows, and the
attacker of `desensitize` asks of each row of both halves whether it was in: by how little the model
is surprised at its label, and by how much less than models that did not see it (Carlini et al.,
2022).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

import numpy as np

from desensitize.attacks.excess import NORMAL_95, Excess, Share, added, gravity, weigh
from desensitize.attacks.membership import HALF, told_apart
from marketplace.learning.training.ensemble import Tell, fit
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.table import Flags, Floats, Table

SPLITS, MOST_SPLITS = 10, 200
ROWS_ASKED = 90_000
"""So many rows are asked in all splits together, so that a bound of few rows is as narrow.

With ten splits of 450 rows a model that tells nothing would reach a bound of 0.05 by its width.
"""
MOST_ADVANTAGE = 0.05
HAIR = 3e-4
MOST_ROWS = 40_000
"""Of more rows so many are drawn: a model of fewer rows keeps more of each, never less."""


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
    # Drawn among the digests of the rows: in whatever order they lie, the same ones are tried.
    pool = random.permutation(table.ordered(~table.held))[:MOST_ROWS]
    shadows = []
    planned = splits_for(len(pool))
    for number in range(planned):
        shadows.append(_shadow(table, pool, random, settings))
        tell((number + 1) / planned)
        if number + 1 in (SPLITS, planned):
            found = _attacked(shadows)
            name = max(found, key=lambda one: gravity(found[one], MOST_ADVANTAGE))
            # What is told for sure by now is refused, whatever further splits would say.
            if found[name].is_above(MOST_ADVANTAGE):
                break
    worst = found[name]
    return {
        "splits": len(shadows),
        "rows": len(pool),
        "attacker": name,
        "advantage": worst.value,
        "upper_bound": worst.high,
        "most": MOST_ADVANTAGE,
        "passed": worst.high <= MOST_ADVANTAGE,
        "attackers": {each: asdict(excess) for each, excess in found.items()},
    }


def splits_for(rows: int) -> int:
    """Return how many splits are tried of so many rows: the fewer rows, the more."""
    return min(MOST_SPLITS, max(SPLITS, ceil(ROWS_ASKED / rows)))


def _attacked(shadows: list[Shadow]) -> dict[str, Excess]:
    """Return what each attacker reaches on splits."""
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
    return found


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
    inside = [np.sort(signal[one.members]) for one, signal in signals]
    outside = [np.sort(signal[~one.members]) for one, signal in signals]
    thresholds = np.quantile(np.concatenate([*inside, *outside]), np.linspace(0.01, 0.99, 99))
    of_members, of_others = _below(inside, thresholds), _below(outside, thresholds)
    place = (of_members - of_others).argmax(axis=1)
    played = []
    for (asked, signal), threshold in zip(signals, thresholds[place], strict=True):
        said = signal <= threshold
        played.append(Share(float((said == asked.members).sum()), len(said)))
    return played


def _below(ordered: list[Floats], thresholds: Floats) -> Floats:
    """Return for each split what part of the signals of all others each threshold is above."""
    own = np.array([np.searchsorted(one, thresholds, side="right") for one in ordered])
    sizes = np.array([len(one) for one in ordered])
    found: Floats = (own.sum(axis=0) - own) / (sizes.sum() - sizes)[:, None]
    return found


def _bounded(played: list[Share]) -> Excess:
    """Weigh what was reached against a coin.

    The splits share rows, so that the bound is the wider one of two: of all trials together, and
    of the splits among each other.
    """
    excess = weigh(added(*played), HALF)
    single = np.array([(one.rate - HALF.rate) / (1 - HALF.rate) for one in played])
    spread = student_95(len(single) - 1) * single.std(ddof=1)
    among = float(single.mean() + spread / np.sqrt(len(single)))
    return Excess(
        rate=excess.rate,
        control=excess.control,
        value=excess.value,
        low=excess.low,
        high=min(1.0, max(excess.high, among)),
        trials=excess.trials,
    )


def student_95(freedom: int) -> float:
    """Return the quantile of Student's distribution for an interval of 95 %, or a hair more.

    By Fisher's expansion (Abramowitz and Stegun, 26.7.5), from nine degrees of freedom on.
    """
    z = NORMAL_95
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
        + HAIR
    )
