"""Renewals, changes and cancellations, reached by acts."""

from __future__ import annotations

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.rights.registration.services import (
    accept_claim,
    attach_evidence,
    confirm_claim,
    start_review,
    submit_claim,
    waive_notice,
)
from tests.given.rights import RIGHT_CHECKLIST, WAIVER, certified
from tests.given.shelf import kept
from tests.given.vault import upload
from tests.given.world import World

GROUNDS = "The board decided so on 2026-10-01."
NEEDED = {"renewal": EvidenceKind.CONTINUITY, "change": EvidenceKind.CHANGE}


def asked_renewal(
    world: World, certificate: Certificate, *, by: str = "officer", term_years: int = 2
) -> Claim:
    """Ask for the renewal of a certificate."""
    return ask_renewal(certificate.pk, term_years=term_years, by=world.actor(by))


@kept
def asked_change(
    world: World,
    certificate: Certificate | None = None,
    *,
    by: str = "officer",
    restrictions: str = "In Fujian",
    term_years: int | None = None,
) -> Claim:
    """Ask for other restrictions, and perhaps a shorter term."""
    certificate = certificate or certified(world)
    return ask_change(
        certificate.pk,
        grounds=GROUNDS,
        restrictions=restrictions,
        industry=certificate.claim.industry,
        term_years=term_years or certificate.claim.term_years,
        by=world.actor(by),
    )


@kept
def asked_cancellation(
    world: World, certificate: Certificate | None = None, *, by: str = "officer"
) -> Claim:
    """Ask that a right ends."""
    certificate = certificate or certified(world)
    return ask_cancellation(certificate.pk, grounds=GROUNDS, by=world.actor(by))


def submitted_following(world: World, claim: Claim, *, by: str = "officer") -> Claim:
    """Attach what a claim that rests on a certificate needs, and submit it."""
    if claim.kind in NEEDED:
        attach_evidence(
            claim.pk,
            kind=NEEDED[claim.kind],
            upload=upload("Statement of the board.", name="statement.txt", kind="text/plain"),
            by=world.actor(by),
        )
    return submit_claim(claim.pk, by=world.actor(by))


def waived_following(world: World, claim: Claim, *, by: str = "officer") -> Claim:
    """Bring such a claim to where a second reviewer can confirm it."""
    submitted_following(world, claim, by=by)
    accept_claim(claim.pk, by=world.actor("reviewer"))
    start_review(claim.pk, by=world.actor("reviewer"))
    if claim.kind in NEEDED:
        waive_notice(claim.pk, reason=WAIVER, by=world.actor("reviewer"))
    claim.refresh_from_db()
    return claim


def confirmed_following(world: World, claim: Claim, *, by: str = "officer") -> Certificate:
    """Return the certificate that a renewal or change gives, or the one that ended."""
    return confirm(world, waived_following(world, claim, by=by))


def confirm(world: World, claim: Claim) -> Certificate:
    """Let the second reviewer confirm."""
    second = world.actor("second_reviewer")
    return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=second)
