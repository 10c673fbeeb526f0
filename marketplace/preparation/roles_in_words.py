"""Relabelled columns in words: what was found, what was decided and why, and who agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalog.models import DatasetVersion
from marketplace.preparation.examples import Examples, examples_of
from marketplace.preparation.mask_words import mask_label
from marketplace.preparation.models import (
    ColumnRole,
    MaskingPolicy,
    Relabelling,
    RiskReport,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.relabelling import relabellings_of
from marketplace.preparation.wording import certainty_of, evidence_of, kind_label


@dataclass(frozen=True)
class Agreed:
    """Who agreed, by their function, and when."""

    station: str
    label: str
    at: datetime


@dataclass(frozen=True)
class RoleInWords:
    """A relabelled column as a page or an answer shows it."""

    row: Relabelling
    agreed: tuple[Agreed, ...]
    examples: Examples | None = None

    @property
    def column(self) -> str:
        """Return its name."""
        return self.row.column

    @property
    def evidence(self) -> str:
        """Say why it was taken for what it was found as."""
        return evidence_of(self.row)

    @property
    def certainty(self) -> str:
        """Say how sure that is."""
        return certainty_of(self.row.confidence)

    @property
    def kind(self) -> str:
        """Say what kind of field it was taken for, "" for none."""
        return kind_label(self.row.kind)

    @property
    def mask(self) -> str:
        """Say what happens to it."""
        return mask_label(self.row.mask)

    @property
    def found_as(self) -> str:
        """Say as what it was found."""
        return str(ColumnRole(self.row.found_as).label)

    @property
    def decided_as(self) -> str:
        """Say for what the officer takes it."""
        return str(ColumnRole(self.row.decided_as).label)

    @property
    def is_reviewed(self) -> bool:
        """Return whether a reviewer agreed, without whom it counts as what was found."""
        return any(one.station == Station.REVIEWER for one in self.agreed)


def roles_in_words(
    policy: MaskingPolicy | None, *, source: DatasetVersion | None = None
) -> list[RoleInWords]:
    """Return what a policy relabels, in two queries, with values where a source is given."""
    rows = relabellings_of(policy) if policy is not None else []
    agreed = _agreed(rows)
    return [
        RoleInWords(
            row, tuple(agreed[row.digest]), None if source is None else examples_of(row, source)
        )
        for row in rows
    ]


def roles_of_report(report: RiskReport | None) -> list[RoleInWords]:
    """Return what the data of a report relabels; most relabel nothing, and no query is asked."""
    if report is None or not report.relabelled:
        return []
    return roles_in_words(report.run.policy)


def relabelled_claims(report: RiskReport) -> dict[str, Any]:
    """Return what a credential says of relabelled columns, where there are some.

    Who agreed is told by their function, and never by name.
    """
    claims = [
        {
            "column": one.column,
            "found_as": one.row.found_as,
            "decided_as": one.row.decided_as,
            "evidence": one.row.evidence_code,
            "reason": one.row.reason,
            "confirmed_by": [agreed.station for agreed in one.agreed],
        }
        for one in roles_of_report(report)
    ]
    return {"relabelled": claims} if claims else {}


def _agreed(rows: Sequence[Relabelling]) -> dict[str, list[Agreed]]:
    found: dict[str, list[Agreed]] = {row.digest: [] for row in rows}
    if not rows:
        return found
    for one in RoleConfirmation.objects.filter(digest__in=list(found)):
        if all(agreed.station != one.station for agreed in found[one.digest]):
            station = Station(one.station)
            found[one.digest].append(Agreed(station.value, str(station.label), one.created_at))
    return found
