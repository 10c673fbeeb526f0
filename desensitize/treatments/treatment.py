"""What a treatment of a table comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desensitize.attacks.verdict import Verdict
from desensitize.treatments.steps import Step


@dataclass(frozen=True)
class Treatment:
    """Hold what a treatment comes to; without `steps` it is the policy as it is.

    `usefulness` is that of `Usefulness`, from 0 to 1. `attacker` is who reached most, and `excess`
    the upper bound of what; None where nobody could be measured. `reasons` are the codes of those
    of the verdict. `left_out` is the share of the rows that is not in the release. `refusal` is
    the code of the error where the treatment could not be made: there are no figures then.
    """

    steps: tuple[Step, ...]
    usefulness: float | None = None
    attacker: str = ""
    excess: float | None = None
    verdict: Verdict = Verdict.NOT_MEASURED
    reasons: tuple[str, ...] = ()
    left_out: float = 0.0
    refusal: str = ""

    @property
    def is_synthetic(self) -> bool:
        """Return whether it is a synthetic copy, which no policy makes."""
        return any(step.code == "synthetic" for step in self.steps)

    @property
    def helps(self) -> bool:
        """Return whether something is done, all attackers were tried, and none reached too much."""
        return bool(self.steps) and not self.refusal and self.verdict.passes

    def as_dict(self) -> dict[str, Any]:
        """Return the treatment as plain values."""
        return {
            "steps": [step.as_dict() for step in self.steps],
            "usefulness": self.usefulness,
            "attacker": self.attacker,
            "excess": self.excess,
            "verdict": str(self.verdict),
            "reasons": list(self.reasons),
            "left_out": self.left_out,
            "refusal": self.refusal,
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Treatment:
        """Read what `as_dict` returned."""
        settings = dict(document)
        settings["steps"] = tuple(Step.from_dict(step) for step in settings["steps"])
        settings["verdict"] = Verdict(settings["verdict"])
        settings["reasons"] = tuple(settings["reasons"])
        return cls(**settings)


@dataclass(frozen=True)
class Tried:
    """Hold the treatments that were tried, the policy as it is first.

    Where `rows_tried` is less than `rows`, they were tried on a part of the persons, drawn at
    random: there, classes are harder to fill, so that a little more is lost than in the whole.
    """

    rows: int
    rows_tried: int
    treatments: tuple[Treatment, ...]

    @property
    def best(self) -> int | None:
        """Return the place of the most useful one that every attacker failed at, if there is one.

        The policy as it is counts too; of two that are as useful, the one that changes less.
        """
        withstood = [
            (one.usefulness, -place)
            for place, one in enumerate(self.treatments)
            if one.usefulness is not None and not one.refusal and one.verdict.passes
        ]
        return -max(withstood)[1] if withstood else None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "rows": self.rows,
            "rows_tried": self.rows_tried,
            "treatments": [one.as_dict() for one in self.treatments],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Tried:
        """Read what `as_dict` returned."""
        return cls(
            document["rows"],
            document["rows_tried"],
            tuple(Treatment.from_dict(one) for one in document["treatments"]),
        )
