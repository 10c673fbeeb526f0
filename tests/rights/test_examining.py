"""The register's acts until the notice: reply, supplements, review, terms, refusal."""

from __future__ import annotations

import hashlib

import pytest

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.registration.services import (
    accept_claim,
    ask_supplement,
    extend_decision,
    refuse_claim,
    start_review,
    submit_claim,
    terminate_claim,
)
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_drafting import refused


def test_acceptance_begins_the_term_of_the_decision(world: World) -> None:
    """Ten working days, as in article 28's case."""
    with clock.stopped_at(given.at("2026-09-28")):
        claim = given.accepted_claim(world)
    assert claim.state == ClaimState.ACCEPTED
    assert not claim.was_accepted_silently
    assert str(claim.decision_due_on) == "2026-10-16"


def test_silence_is_acceptance_on_the_first_working_day_after(world: World) -> None:
    """Friday is a holiday: Monday it is, however late the centre's software comes."""
    with clock.stopped_at(given.at("2026-09-21")):
        claim = given.submitted_claim(world)
    for day in ("2026-09-24", "2026-09-25", "2026-09-27"):
        with clock.stopped_at(given.at(day)):
            assert advance_due_claims(by=given.software()) == []
    with clock.stopped_at(given.at("2026-09-30")):
        assert advance_due_claims(by=given.software()) == [claim.pk]
        assert advance_due_claims(by=given.software()) == []
    claim.refresh_from_db()
    assert (claim.state, claim.was_accepted_silently) == (ClaimState.ACCEPTED, True)
    assert str(claim.accepted_on) == "2026-09-28"
    assert str(claim.decision_due_on) == "2026-10-16"
    entry = Entry.objects.get(kind="rights.claim_accepted")
    assert entry.payload == {"is_silent": True, "accepted_on": "2026-09-28"}


def test_a_late_reply_is_silence_too(world: World) -> None:
    """A reviewer who comes late does not gain time, nor can ask before acceptance any more."""
    with clock.stopped_at(given.at("2026-09-21")):
        claim = given.submitted_claim(world)
    with clock.stopped_at(given.at("2026-09-29")):
        error = refused(
            WrongState,
            lambda: ask_supplement(claim.pk, missing=["Record"], by=world.actor("reviewer")),
        )
        assert error.code == "accepted-by-silence"
        accepted = accept_claim(claim.pk, by=world.actor("reviewer"))
    assert accepted.was_accepted_silently
    assert str(accepted.accepted_on) == "2026-09-28"


def test_the_software_does_not_accept_before_the_term_is_over(world: World) -> None:
    """Silence takes time."""
    claim = given.submitted_claim(world)
    refused(NotAllowed, lambda: accept_claim(claim.pk, by=given.software()))


def test_what_is_missing_is_asked_for_once_and_all_together(world: World) -> None:
    """The case goes back with the list; completing it opens a new one."""
    with clock.stopped_at(given.at("2026-10-12")):
        claim = given.submitted_claim(world)
        asked = ask_supplement(
            claim.pk, missing=["The record", " ", "A seal"], by=world.actor("reviewer")
        )
        assert (asked.state, asked.missing) == (
            ClaimState.SUPPLEMENT_ACCEPTANCE,
            ["The record", "A seal"],
        )
        assert str(asked.supplement_due_on) == "2026-10-26"
        assert Case.objects.get(kind="right").reason == "The record\nA seal"
        given.attached(world, claim, content="Sealed record")
    with clock.stopped_at(given.at("2026-10-14")):
        again = submit_claim(claim.pk, by=world.actor("officer"))
        assert (again.state, str(again.reply_due_on)) == (ClaimState.SUBMITTED, "2026-10-19")
        assert Case.objects.filter(kind="right", state="open").count() == 1
        error = refused(
            WrongState,
            lambda: ask_supplement(claim.pk, missing=["More"], by=world.actor("reviewer")),
        )
    assert error.code == "asked-already"


@pytest.mark.parametrize(
    ("missing", "code"), [([" "], "nothing-named"), (["x" * 1001], "too-long")]
)
def test_a_list_says_something_and_not_too_much(
    world: World, missing: list[str], code: str
) -> None:
    """Else the claimant could not act on it."""
    claim = given.submitted_claim(world)
    error = refused(
        Invalid, lambda: ask_supplement(claim.pk, missing=missing, by=world.actor("reviewer"))
    )
    assert error.code == code


def test_what_is_not_completed_in_time_was_never_claimed(world: World) -> None:
    """The centre's software says so the day after; the claimant can claim anew."""
    with clock.stopped_at(given.at("2026-10-12")):
        claim = given.incomplete_claim(world)
    with clock.stopped_at(given.at("2026-10-26")):
        assert advance_due_claims(by=given.software()) == []
    with clock.stopped_at(given.at("2026-10-27")):
        error = refused(WrongState, lambda: submit_claim(claim.pk, by=world.actor("officer")))
        assert error.code == "completed-too-late"
        assert advance_due_claims(by=given.software()) == [claim.pk]
        claim.refresh_from_db()
        assert claim.state == ClaimState.NOT_ACCEPTED
        assert given.drafted_claim(world, dataset=claim.dataset).state == ClaimState.DRAFT


def test_a_supplement_in_review_stops_the_term(world: World) -> None:
    """Eight of ten working days are left on 30 September; they run on from 12 October."""
    with clock.stopped_at(given.at("2026-09-28")):
        claim = given.reviewed_claim(world)
    with clock.stopped_at(given.at("2026-09-30")):
        asked = ask_supplement(claim.pk, missing=["The record"], by=world.actor("reviewer"))
        assert (asked.state, asked.decision_due_on, asked.decision_days_left) == (
            ClaimState.SUPPLEMENT_REVIEW,
            None,
            8,
        )
    with clock.stopped_at(given.at("2026-10-12")):
        completed = submit_claim(claim.pk, by=world.actor("officer"))
    assert (completed.state, completed.decision_days_left) == (ClaimState.UNDER_REVIEW, None)
    assert str(completed.decision_due_on) == "2026-10-22"


def test_a_claim_is_terminated_once_its_time_to_complete_has_passed(world: World) -> None:
    """Not before, and with a reason."""
    with clock.stopped_at(given.at("2026-10-12")):
        claim = given.claim_to_supplement(world)
        error = refused(
            WrongState,
            lambda: terminate_claim(claim.pk, reason="No record", by=world.actor("reviewer")),
        )
        assert error.code == "time-left"
    with clock.stopped_at(given.at("2026-10-27")):
        assert advance_due_claims(by=given.software()) == []
        refused(Invalid, lambda: terminate_claim(claim.pk, reason=" ", by=world.actor("reviewer")))
        ended = terminate_claim(claim.pk, reason="No record came", by=world.actor("reviewer"))
    assert (ended.state, ended.reason) == (ClaimState.TERMINATED, "No record came")


def test_the_term_is_extended_once(world: World) -> None:
    """By ten working days, as in article 28's case; the reason's digest is in the ledger."""
    with clock.stopped_at(given.at("2026-09-28")):
        claim = given.reviewed_claim(world)
        reason = "An expert is asked."
        extended = extend_decision(claim.pk, reason=reason, by=world.actor("reviewer"))
        assert str(extended.decision_due_on) == "2026-10-30"
        entry = Entry.objects.get(kind="rights.decision_extended")
        assert entry.payload["reason_sha256"] == hashlib.sha256(reason.encode()).hexdigest()
        error = refused(
            WrongState, lambda: extend_decision(claim.pk, reason="More", by=world.actor("reviewer"))
        )
    assert error.code == "extended-already"


def test_a_refusal_is_written_and_final(world: World) -> None:
    """The case is refused with it, and a new claim may come."""
    claim = given.reviewed_claim(world)
    refused(Invalid, lambda: refuse_claim(claim.pk, reason="", by=world.actor("reviewer")))
    ended = refuse_claim(claim.pk, reason="The source is unclear.", by=world.actor("reviewer"))
    assert (ended.state, ended.reason) == (ClaimState.REFUSED, "The source is unclear.")
    assert Case.objects.get(kind="right").state == "refused"
    assert given.drafted_claim(world, dataset=claim.dataset).state == ClaimState.DRAFT


def test_only_reviewers_of_the_centre_examine(world: World) -> None:
    """The claimant sees the claim, and cannot accept it."""
    claim = given.submitted_claim(world)
    for person in ("officer", "auditor", "administrator"):
        refused(NotAllowed, lambda person=person: accept_claim(claim.pk, by=world.actor(person)))
    accepted = accept_claim(claim.pk, by=world.actor("reviewer"))
    refused(NotAllowed, lambda: start_review(accepted.pk, by=world.actor("colleague")))
    assert Claim.objects.get().state == ClaimState.ACCEPTED


def test_only_the_software_advances_what_is_due(world: World) -> None:
    """A person acts through acts of their own."""
    refused(NotAllowed, lambda: advance_due_claims(by=world.actor("reviewer")))
