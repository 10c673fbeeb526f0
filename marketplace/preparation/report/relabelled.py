"""Relabelled columns of what a report measured."""

from typing import Any

from marketplace.preparation.policy.models import Station
from marketplace.preparation.policy.presentation import RoleInWords, roles_in_words
from marketplace.preparation.policy.relabelling import confirmed_of
from marketplace.preparation.report.models import RiskReport


def agreed_since(report: RiskReport) -> bool:
    """Return whether a reviewer confirmed what a report still counted as what was found."""
    waited = [one["digest"] for one in report.relabelled if not one["is_confirmed"]]
    return bool(waited) and bool(confirmed_of(waited, Station.REVIEWER))


def roles_of_report(report: RiskReport | None) -> list[RoleInWords]:
    """Return what the data of a report relabels; most relabel nothing, and no query is asked."""
    if report is None or not report.relabelled:
        return []
    return [] if report.run is None else roles_in_words(report.run.policy)


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
