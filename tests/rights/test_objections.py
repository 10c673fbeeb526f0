"""Objections in the notice and afterwards."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.hearing.services import decide_objection, object_to_claim
from marketplace.rights.notice.selectors import claims_in_notice
from marketplace.rights.objection.models import Objection
from marketplace.rights.registration.services import confirm_claim
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_drafting import refused


def reject(world: World, objection: Objection) -> Objection:
    """Reject an objection."""
    return decide_objection(
        objection.pk, is_upheld=False, reason="The counts differ.", by=world.actor("reviewer")
    )


def uphold(world: World, objection: Objection) -> Objection:
    """Uphold an objection."""
    return decide_objection(
        objection.pk, is_upheld=True, reason="The counts are theirs.", by=world.actor("reviewer")
    )


def test_an_objection_stops_the_notice_which_resumes_to_its_end(world: World) -> None:
    """Four of five working days are left on Tuesday; ten working days to decide (art. 25)."""
    with clock.stopped_at(given.at("2026-10-19")):
        claim = given.published_claim(world)
        assert str(claim.notice_until) == "2026-10-26"
    with clock.stopped_at(given.at("2026-10-20")):
        objection = given.raised_objection(world, claim)
        claim.refresh_from_db()
        assert (claim.state, claim.notice_until, claim.notice_days_left) == (
            ClaimState.OBJECTION,
            None,
            4,
        )
        assert str(objection.due_on) == "2026-11-03"
        assert claims_in_notice().get() == claim
    with clock.stopped_at(given.at("2026-10-30")):
        assert advance_due_claims(by=given.software()) == []
        error = refused(
            WrongState,
            lambda: confirm_claim(
                claim.pk, checklist=given.RIGHT_CHECKLIST, by=world.actor("reviewer")
            ),
        )
        assert error.code == "objection-open"
    with clock.stopped_at(given.at("2026-11-02")):
        reject(world, objection)
    claim.refresh_from_db()
    assert (claim.state, str(claim.notice_until)) == (ClaimState.PUBLIC_NOTICE, "2026-11-06")
    assert claim.decision_days_left == 10


def test_the_notice_goes_on_only_when_no_objection_is_open(world: World) -> None:
    """Several organizations may object at a time."""
    claim = given.published_claim(world)
    first = given.raised_objection(world, claim)
    second = given.raised_objection(world, claim, by="buyer")
    reject(world, first)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OBJECTION
    reject(world, second)
    claim.refresh_from_db()
    assert claim.state == ClaimState.PUBLIC_NOTICE


def test_an_upheld_objection_refuses_the_claim(world: World) -> None:
    """The case is refused with the same reason, and the other objections lapse."""
    claim = given.published_claim(world)
    first = given.raised_objection(world, claim)
    second = given.raised_objection(world, claim, by="buyer")
    decided = uphold(world, first)
    claim.refresh_from_db()
    second.refresh_from_db()
    assert (decided.state, second.state, claim.state) == ("upheld", "lapsed", "refused")
    assert claim.reason == "The counts are theirs."
    case = Case.objects.get(kind="right")
    assert (case.state, case.reason) == ("refused", claim.reason)


def test_an_organization_objects_once_at_a_time(world: World) -> None:
    """A second one while the first is open changes nothing."""
    claim = given.published_claim(world)
    objection = given.raised_objection(world, claim)
    before = Entry.objects.count()
    assert given.raised_objection(world, claim) == objection
    assert Entry.objects.count() == before


def test_nobody_objects_after_the_notice_and_before_the_certificate(world: World) -> None:
    """The sentence says when they can."""
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.published_claim(world)
    with clock.stopped_at(given.at("2026-11-10")):
        error = refused(WrongState, lambda: given.raised_objection(world, claim))
    assert error.code == "notice-ended"


def test_an_identified_party_objects(world: World) -> None:
    """Not the claimant, not the centre, not an organization that waits for verification."""
    claim = given.published_claim(world)
    for person in ("officer", "reviewer", "pending", "auditor"):
        refused(NotAllowed, lambda person=person: given.raised_objection(world, claim, by=person))
    refused(Invalid, lambda: object_to_claim(claim.pk, text=" ", by=world.actor("stranger")))
    assert given.raised_objection(world, claim, by="buyer").state == "open"


def test_what_is_not_published_cannot_be_objected_to(world: World) -> None:
    """A stranger does not know of it."""
    claim = given.reviewed_claim(world)
    refused(NotFound, lambda: given.raised_objection(world, claim))


def test_an_objection_afterwards_freezes_the_certificate(world: World) -> None:
    """And its credential; whoever relies on the right finds none."""
    certificate = given.certified(world)
    objection = given.raised_objection(world, certificate.claim)
    certificate = Certificate.objects.get()
    assert (certificate.state, certificate.claim.state) == ("frozen", ClaimState.POST_OBJECTION)
    assert certificate.credential.state == "suspended"
    found = certificate_in_force(
        certificate.dataset_id, certificate.organization_id, "operate", on=clock.today()
    )
    assert found is None
    reject(world, objection)
    certificate.refresh_from_db()
    certificate.credential.refresh_from_db()
    assert (certificate.state, certificate.credential.state) == ("in_force", "issued")


def test_an_objection_upheld_afterwards_cancels_the_certificate(world: World) -> None:
    """For good."""
    certificate = given.certified(world)
    uphold(world, given.raised_objection(world, certificate.claim))
    certificate.refresh_from_db()
    certificate.claim.refresh_from_db()
    certificate.credential.refresh_from_db()
    assert (certificate.state, certificate.claim.state) == ("cancelled", "cancelled")
    assert certificate.credential.state == "revoked"
    error = refused(WrongState, lambda: given.raised_objection(world, certificate.claim))
    assert "has ended" in error.sentence


def test_an_order_of_the_centre_outlasts_a_rejected_objection(world: World) -> None:
    """Whichever came first."""
    certificate = given.certified(world)
    objection = given.raised_objection(world, certificate.claim)
    freeze_certificate(certificate.pk, reason="A court asked.", by=world.actor("reviewer"))
    reject(world, objection)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.freeze_order) == ("frozen", "A court asked.")


def test_a_reviewer_decides_with_a_reason(world: World) -> None:
    """Neither party does, and nobody twice."""
    objection = given.raised_objection(world, given.published_claim(world))
    for person in ("officer", "stranger"):
        refused(
            NotAllowed,
            lambda person=person: decide_objection(
                objection.pk, is_upheld=True, reason="Mine", by=world.actor(person)
            ),
        )
    refused(
        NotFound,
        lambda: decide_objection(
            objection.pk, is_upheld=True, reason="Mine", by=world.actor("buyer")
        ),
    )
    refused(
        Invalid,
        lambda: decide_objection(
            objection.pk, is_upheld=True, reason="", by=world.actor("reviewer")
        ),
    )
    reject(world, objection)
    refused(WrongState, lambda: uphold(world, objection))


def test_who_objects_does_not_decide_by_the_database(world: World) -> None:
    """Whatever the act says."""
    objection = given.raised_objection(world, given.published_claim(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(decided_by_id=objection.raised_by_id)


def test_the_text_of_an_objection_stays_out_of_the_ledger(world: World) -> None:
    """Only its digest is there."""
    objection = given.raised_objection(world, given.published_claim(world))
    entry = Entry.objects.get(kind="rights.objection_raised")
    assert objection.text not in str(entry.payload)
    assert len(entry.payload["text_sha256"]) == 64
