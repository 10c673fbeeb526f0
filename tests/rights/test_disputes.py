"""Objections that go to a court: the right stays frozen until the outcome is recorded."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.freeze.services import unfreeze_certificate
from marketplace.rights.hearing.services import decide_objection, refer_objection
from marketplace.rights.objection.models import Objection
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_drafting import refused

COURT = "The holder sued before the intermediate court."


def referred(world: World, *, by: str = "stranger") -> Objection:
    """Certify a right, object to it and refer the objection."""
    objection = given.raised_objection(world, given.certified(world).claim, by=by)
    return refer_objection(objection.pk, reason=COURT, by=world.actor("reviewer"))


@pytest.mark.parametrize(
    ("is_upheld", "claim_state", "certificate_state"),
    [(False, "certified", "in_force"), (True, "cancelled", "cancelled")],
)
def test_the_outcome_decides_what_becomes_of_the_right(
    world: World, is_upheld: bool, claim_state: str, certificate_state: str
) -> None:
    """Meanwhile it is frozen, and nobody lets it go."""
    objection = referred(world)
    claim = objection.claim
    claim.refresh_from_db()
    certificate = claim.certificate
    assert (claim.state, certificate.state) == (ClaimState.DISPUTE_EXTERNAL, "frozen")
    error = refused(
        WrongState, lambda: unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))
    )
    assert error.code == "objection-open"
    decide_objection(
        objection.pk, is_upheld=is_upheld, reason="Judgment 12.", by=world.actor("reviewer")
    )
    claim.refresh_from_db()
    certificate.refresh_from_db()
    assert (claim.state, certificate.state) == (claim_state, certificate_state)


def test_every_objection_is_decided_before_the_right_is_free(world: World) -> None:
    """The one before the court and the one that the centre investigates."""
    claim = given.certified(world).claim
    first = given.raised_objection(world, claim)
    second = given.raised_objection(world, claim, by="buyer")
    refer_objection(first.pk, reason=COURT, by=world.actor("reviewer"))
    for objection, state in ((first, ClaimState.DISPUTE_EXTERNAL), (second, ClaimState.CERTIFIED)):
        decide_objection(
            objection.pk, is_upheld=False, reason="No proof.", by=world.actor("reviewer")
        )
        claim.refresh_from_db()
        assert claim.state == state


def test_only_a_certified_right_goes_to_court(world: World) -> None:
    """A claim in notice is decided, and a reason is given; nobody objects meanwhile."""
    early = given.raised_objection(world, given.published_claim(world))
    by = world.actor("reviewer")
    error = refused(WrongState, lambda: refer_objection(early.pk, reason=COURT, by=by))
    assert error.code == "not-certified"
    late = given.raised_objection(world, given.certified(world).claim)
    refused(Invalid, lambda: refer_objection(late.pk, reason=" ", by=by))
    refer_objection(late.pk, reason=COURT, by=by)
    error = refused(WrongState, lambda: given.raised_objection(world, late.claim, by="buyer"))
    assert error.code == "in-dispute"
    assert COURT not in str(Entry.objects.get(kind="rights.objection_referred").payload)


def test_the_page_offers_what_can_be_done(world: World, page_of: PageClients) -> None:
    """The centre refers once, and decides in either state; the parties read."""
    objection = given.raised_objection(world, given.certified(world).claim)
    address = reverse("objection_detail", args=[objection.pk])
    refer, decide = (
        reverse(name, args=[objection.pk]) for name in ("objection_refer", "objection_decide")
    )
    text = page_of("reviewer").get(address).content.decode()
    assert refer in text
    assert decide in text
    answer = page_of("reviewer").post(refer, {"reason": ""})
    assert answer.status_code == 422
    refer_objection(objection.pk, reason=COURT, by=world.actor("reviewer"))
    text = page_of("reviewer").get(address).content.decode()
    assert refer not in text
    assert decide in text
    for person in ("officer", "stranger"):
        text = page_of(person).get(address).content.decode()
        assert COURT in text
        assert decide not in text
