"""What was measured on a written file, what the centre asks of it, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings

from desensitize.attacks.limits import Limits
from desensitize.attacks.verdict import Judgement, Verdict
from desensitize.risk import Finding, Grade, GradeThresholds, RiskFigures, SizeBand, grade


@dataclass(frozen=True)
class Thresholds:
    """What the centre asks, and how far attackers may come; shares from 0 to 1."""

    smallest_class: int
    largest_unique_share: float
    largest_prosecutor_risk: float
    largest_suppression: float
    largest_excess: float = Limits.excess
    largest_certain_share: float = Limits.certain
    largest_certain_sensitive_share: float = Limits.certain_sensitive_personal
    largest_unique_by_all: float = Limits.unique
    largest_small_by_all: float = Limits.below_k
    known_columns: int = 4

    @classmethod
    def of_centre(cls) -> Thresholds:
        return cls(
            smallest_class=settings.CENTRE["SMALLEST_CLASS"],
            largest_unique_share=settings.CENTRE["LARGEST_UNIQUE_SHARE"],
            largest_prosecutor_risk=settings.CENTRE["LARGEST_PROSECUTOR_RISK"],
            largest_suppression=settings.CENTRE["LARGEST_SUPPRESSION"],
            largest_excess=settings.CENTRE["ATTACK_EXCESS"],
            largest_certain_share=settings.CENTRE["ATTACK_CERTAIN_SHARE"],
            largest_certain_sensitive_share=settings.CENTRE["ATTACK_CERTAIN_SENSITIVE_SHARE"],
            largest_unique_by_all=settings.CENTRE["ATTACK_UNIQUE_SHARE"],
            largest_small_by_all=settings.CENTRE["ATTACK_SMALL_CLASS_SHARE"],
            known_columns=settings.CENTRE["ATTACK_KNOWN_COLUMNS"],
        )

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


@dataclass(frozen=True)
class Measurement:
    """Everything that was measured on the file with the digest `risk.sha256`.

    `found` are direct identifiers that a scan of every released cell came upon, `sizes` the rows by
    how many others they look like, `losses` the detail that each generalized column lost.
    `person` is the column that told persons apart; without one each row was one.
    `judgement` is what attackers made of it; None for a copy, of which its version's holds.
    `synthetic` has ε, δ and rows of a version whose rows are nobody's.
    `relabelled` are the columns whose class was taken away, as `relabelling.CountedRoles` has them.
    `recoding` is the digest of the labels in force. Of the source's rows `waiting_rows` are not
    shown until enough like them come; `staying_rows` it no longer has, and they are shown until
    enough like them are gone.
    """

    risk: RiskFigures
    rows_read: int
    suppressed_rows: int
    suppressed_cells: Mapping[str, int]
    loss: float
    quasi_identifiers: tuple[str, ...]
    sensitive: tuple[str, ...]
    found: tuple[Finding, ...]
    sizes: tuple[SizeBand, ...] = ()
    losses: Mapping[str, float] = field(default_factory=dict)
    person: str | None = None
    judgement: Judgement | None = None
    synthetic: Mapping[str, Any] | None = None
    relabelled: tuple[Mapping[str, object], ...] = ()
    recoding: str = ""
    waiting_rows: int = 0
    staying_rows: int = 0

    @property
    def suppressed_share(self) -> float:
        """Return the share of the source's rows that were left out."""
        return self.suppressed_rows / self.rows_read if self.rows_read else 0.0

    def figures(self) -> dict[str, Any]:
        return self.risk.as_dict() | {
            "rows_read": self.rows_read,
            "suppressed_rows": self.suppressed_rows,
            "suppressed_share": self.suppressed_share,
            "suppressed_cells": dict(self.suppressed_cells),
            "waiting_rows": self.waiting_rows,
            "staying_rows": self.staying_rows,
            "recoding": self.recoding,
            "loss": self.loss,
            "sensitive": list(self.sensitive),
            "person": self.person,
            **({} if self.synthetic is None else {"synthetic": dict(self.synthetic)}),
            "found": [
                {"column": one.column, "kind": one.kind, "rows": one.rows} for one in self.found
            ],
            "class_sizes": [band.as_dict() for band in self.sizes],
            "column_losses": dict(self.losses),
            "grade": self._grade().as_dict(),
        }

    def _grade(self) -> Grade:
        asked = Thresholds.of_centre()
        return grade(
            self.risk,
            found=self.found,
            has_quasi_identifiers=bool(self.quasi_identifiers),
            withstands=None if self.judgement is None else self.judgement.verdict.passes,
            thresholds=GradeThresholds(
                largest_prosecutor_max=asked.largest_prosecutor_risk,
                largest_prosecutor_mean=asked.largest_prosecutor_risk,
                largest_unique_share=asked.largest_unique_share,
            ),
        )


def limits_of_centre() -> Limits:
    """Read what the centre lets attackers reach."""
    centre = settings.CENTRE
    return Limits(
        k=centre["SMALLEST_CLASS"],
        unique=centre["ATTACK_UNIQUE_SHARE"],
        below_k=centre["ATTACK_SMALL_CLASS_SHARE"],
        excess=centre["ATTACK_EXCESS"],
        certain=centre["ATTACK_CERTAIN_SHARE"],
        certain_sensitive_personal=centre["ATTACK_CERTAIN_SENSITIVE_SHARE"],
    )


def failures_of(measured: Measurement, thresholds: Thresholds) -> list[str]:
    """Return the codes of what the centre does not accept, the worst first."""
    risk = measured.risk
    failures = failures_by(
        thresholds,
        has_quasi_identifiers=bool(measured.quasi_identifiers),
        smallest_class=risk.smallest_class,
        unique_share=risk.unique_share,
        prosecutor_max=risk.prosecutor_max,
        suppressed_share=measured.suppressed_share,
    )
    if measured.found:
        failures.insert(0, "direct-found")
    if measured.judgement is not None and measured.judgement.verdict == Verdict.NOT_MEASURED:
        failures.append("not-measured")
    return failures


def failures_by(
    thresholds: Thresholds,
    *,
    has_quasi_identifiers: bool,
    smallest_class: int,
    unique_share: float,
    prosecutor_max: float,
    suppressed_share: float,
) -> list[str]:
    """Return the codes of the thresholds that some figures do not keep.

    Classes say nothing where no quasi-identifier is released: all rows are alike then.
    """
    failures = []
    if has_quasi_identifiers:
        if smallest_class < thresholds.smallest_class:
            failures.append("smallest-class")
        if unique_share > thresholds.largest_unique_share:
            failures.append("unique-share")
        if prosecutor_max > thresholds.largest_prosecutor_risk:
            failures.append("prosecutor-risk")
    if suppressed_share > thresholds.largest_suppression:
        failures.append("suppression")
    return failures
