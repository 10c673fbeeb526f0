"""The gate's questions about persons: who agreed that columns are none, and on what basis."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.catalog.choices import PersonalBasis
from marketplace.preparation.models import Station, Verdict
from marketplace.preparation.relabelling import confirmed_of
from marketplace.trading.listings.gate.findings import GateFinding, Question
from marketplace.trading.listings.listing.states import IN_PREPARATION


def roles(asked: Question) -> GateFinding | None:
    """Ask whether second persons agreed to each column that counts for less than was found.

    A reviewer always; of what is on the market by this report, who published the listing too.
    """
    report = asked.proofs.risk_report
    if report is None or not report.relabelled:
        return None
    names = {one["digest"]: one["column"] for one in report.relabelled}
    confirmed = confirmed_of(names, Station.REVIEWER)
    is_bound = asked.listing.risk_report_id == report.pk
    if is_bound and asked.listing.state not in IN_PREPARATION:
        confirmed &= confirmed_of(names, Station.PUBLISHER, f"listing:{asked.listing.pk}")
    waiting = [column for digest, column in names.items() if digest not in confirmed]
    if not waiting:
        return None
    return asked.finding(
        "role-unconfirmed",
        _(
            "These columns count for less than the detectors found, and no second person has "
            "confirmed it: %(columns)s. Wait for the reviewer, or give them back their class."
        )
        % {"columns": ", ".join(waiting)},
        "preparation_detail",
        asked.proofs.version.parent_id or asked.proofs.version.pk,
    )


def personal_basis(asked: Question) -> GateFinding | None:
    """Ask on what basis personal information is sold, where some is left."""
    report = asked.proofs.risk_report
    if report is None or report.verdict != Verdict.DE_IDENTIFIED:
        return None
    if asked.proofs.dataset.personal_basis not in ("", PersonalBasis.NONE):
        return None
    return asked.finding(
        "personal-basis-missing",
        _(
            "The masked data is still personal information and has no basis. Name the consent or "
            "law that it rests on, or mask it until attackers find nobody in it, as the "
            "risk report tells."
        ),
        "dataset_revise",
    )
