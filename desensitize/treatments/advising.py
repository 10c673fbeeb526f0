"""What to do about a release that attackers came too far with, from treatments that were tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desensitize.attacks.contract import Remedy
from desensitize.attacks.registry import ATTACKERS
from desensitize.treatments.treatment import Treatment, Tried

NAMED = ("record_key", "person_released", "copied_values", "certain")
"""Reasons that name one column, the gravest first."""


@dataclass(frozen=True)
class Advice:
    """Name the column that is most to blame, and the treatment that would help.

    `column` is "" where no single one can be named; `attacker` is who reached most by it, "" where
    what the policy left in a column is enough. `treatment` is the most useful one that withstood
    all attackers when it was tried, at `place` among those; None where none of them did. `cost` is
    the usefulness that it loses against the policy as it is, below 0 where it gains.
    """

    column: str
    attacker: str
    treatment: Treatment | None = None
    place: int = 0
    cost: float | None = None


def advise(judgement: Mapping[str, Any], tried: Tried | None) -> Advice | None:
    """Return what to do about a judgement, as `Judgement.as_dict` gives it; None where it passes.

    Without treatments that were tried only the column is named. What a treatment adds to the
    policy only ever protects more: no column is kept, or called impersonal, that was not before.
    """
    if judgement["verdict"] in ("anonymous", "no-personal-information"):
        return None
    worst = _worst(judgement)
    attacker = "" if worst is None else str(worst["name"])
    answers = attacker not in ATTACKERS or ATTACKERS[attacker].remedy != Remedy.NONE
    helpful = [
        (one.usefulness, -place)
        for place, one in enumerate(tried.treatments if tried is not None and answers else ())
        if one.helps and one.usefulness is not None
    ]
    if tried is None or not helpful:
        return Advice(_column(judgement, worst, None), attacker)
    place = -max(helpful)[1]
    treatment, now = tried.treatments[place], tried.treatments[0].usefulness
    return Advice(
        column=_column(judgement, worst, treatment),
        attacker=attacker,
        treatment=treatment,
        place=place,
        cost=None if now is None else now - (treatment.usefulness or 0.0),
    )


def _worst(judgement: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the attacker that reached most, of those that reached too much where some did."""
    reached = {one["parameters"].get("attacker") for one in judgement["reasons"]}
    attacks = [one for one in judgement["attackers"] if not one["passed"]]
    return max(
        attacks,
        key=lambda one: (bool(one["breaks"]) or one["name"] in reached, one["excess"] or 0.0),
        default=None,
    )


def _column(
    judgement: Mapping[str, Any], worst: Mapping[str, Any] | None, treatment: Treatment | None
) -> str:
    remaining = [one for one in judgement["reasons"] if one["code"] == "identifiers_remain"]
    if remaining:
        quoted = str(remaining[0]["parameters"]["columns"])
        return quoted[quoted.find("“") + 1 : quoted.find("”")]
    for code in NAMED:
        named = [one["parameters"] for one in judgement["reasons"] if one["code"] == code]
        if named:
            return str(max(named, key=lambda one: float(one.get("share", 1.0)))["column"])
    reached = {} if worst is None else worst["worst"]
    names = [str(name) for name in reached.get("columns", ())]
    if "column" in reached:
        names = [str(reached["column"])]
    changed = {name for step in (treatment.steps if treatment else ()) for name in step.columns}
    return next((name for name in names if name in changed), next(iter(names), ""))
