"""Claims, objections and certificates in states that refusals and doors need."""

from __future__ import annotations

from datetime import timedelta

from marketplace.core import clock
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.freeze.services import cancel_certificate
from marketplace.rights.hearing.services import attach_exhibit, decide_objection
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.registration.services import extend_decision, withdraw_claim
from tests.given import rights as given
from tests.given.vault import upload
from tests.given.world import World


def overdue_claim(world: World) -> Claim:
    """Let the time to complete a claim pass: the register asked a month ago."""
    with clock.stopped_at(clock.now() - timedelta(days=30)):
        return given.claim_to_supplement(world)


def extended_claim(world: World) -> Claim:
    """Extend the term of a decision."""
    claim = given.reviewed_claim(world)
    return extend_decision(claim.pk, reason="An expert is asked.", by=world.actor("reviewer"))


def withdrawn_transfer(world: World) -> Claim:
    """Take a transfer back before the acquirer has joined."""
    claim = given.opened_transfer(world)
    return withdraw_claim(claim.pk, by=world.actor("officer"))


def cancelled_certificate(world: World) -> Certificate:
    """Cancel a certificate."""
    certificate = given.certified(world)
    return cancel_certificate(certificate.pk, reason="Replaced.", by=world.actor("reviewer"))


def cancelled_claim(world: World) -> Claim:
    """Return the claim of a cancelled certificate: published, and over."""
    return cancelled_certificate(world).claim


def certified_claim(world: World) -> Claim:
    """Return the claim of a certificate."""
    return given.certified(world).claim


def objection(world: World) -> Objection:
    """Let a stranger object to a published claim."""
    return given.raised_objection(world, given.published_claim(world))


def late_objection(world: World) -> Objection:
    """Let a stranger object to a certified claim."""
    return given.raised_objection(world, certified_claim(world))


def decided_objection(world: World) -> Objection:
    """Reject an objection."""
    return decide_objection(
        objection(world).pk, is_upheld=False, reason="No proof.", by=world.actor("reviewer")
    )


def shown_exhibit(world: World) -> Exhibit:
    """Let the objector add a file."""
    return attach_exhibit(
        objection(world).pk,
        upload=upload("Counts of line 2.", name="counts.txt", kind="text/plain"),
        title="Our counts",
        by=world.actor("stranger"),
    )
