"""Grade how well a file is de-identified, after GB/T 42460—2023, clause 4."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desensitize.risk.figures import RiskFigures
from desensitize.risk.scan import Finding

GRADES = {
    1: "Persons can be identified directly.",
    2: (
        "Direct identifiers are gone, but the risk of re-identification is above the threshold, or "
        "was not measured."
    ),
    3: "The risk of re-identification is within the threshold.",
    4: "The file holds aggregates and no rows of persons.",
}


@dataclass(frozen=True)
class GradeThresholds:
    """Say which risk is acceptable; shares from 0 to 1.

    The standard leaves the threshold to whoever evaluates, by the way a file is shared: these are
    for a controlled release, classes of at least five; for open data ask for less.
    """

    largest_prosecutor_max: float = 0.2
    largest_prosecutor_mean: float = 0.1
    largest_unique_share: float = 0.0


@dataclass(frozen=True)
class Grade:
    """Hold a verdict from 1 (identifiable) to 4 (aggregate), and what decided it.

    `reasons` name the figures above their thresholds: `direct_identifiers`, `prosecutor_max`,
    `prosecutor_mean`, `unique_share`; or `not_measured` where no quasi-identifiers were named, and
    `attackers` where one of them reached more than the limit.
    """

    level: int
    reasons: tuple[str, ...]
    thresholds: GradeThresholds

    @property
    def sentence(self) -> str:
        """Say what the level means."""
        return GRADES[self.level]

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as plain values."""
        return asdict(self) | {"reasons": list(self.reasons), "sentence": self.sentence}


def grade(
    figures: RiskFigures,
    *,
    found: Sequence[Finding] = (),
    is_aggregate: bool = False,
    has_quasi_identifiers: bool = True,
    withstands: bool | None = None,
    thresholds: GradeThresholds | None = None,
) -> Grade:
    """Grade a measured file.

    `found` are the direct identifiers that a scan came upon; `is_aggregate` says that rows count
    groups and are no persons, which no measurement can tell. `withstands` says what attackers made
    of the file (`desensitize.attacks.verdict`), None where none tried. Without quasi-identifiers
    classes say nothing, so that only attackers can tell whether the risk is within the threshold.
    """
    limits = thresholds or GradeThresholds()
    if found:
        return Grade(1, ("direct_identifiers",), limits)
    if is_aggregate:
        return Grade(4, (), limits)
    reasons = [
        name
        for name, value, limit in (
            ("prosecutor_max", figures.prosecutor_max, limits.largest_prosecutor_max),
            ("prosecutor_mean", figures.prosecutor_mean, limits.largest_prosecutor_mean),
            ("unique_share", figures.unique_share, limits.largest_unique_share),
        )
        if has_quasi_identifiers and value > limit
    ]
    if withstands is False:
        reasons.append("attackers")
    if withstands is None and not has_quasi_identifiers:
        reasons.append("not_measured")
    return Grade(2 if reasons else 3, tuple(reasons), limits)
