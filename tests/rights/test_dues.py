"""What is due: on the desks of who has to act, and reminded of before its last day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.notices.services import email_notice
from marketplace.rights.due.choices import DueKind
from marketplace.rights.due.presentation import dues_of
from marketplace.rights.due.services import advance_due_claims, remind_of_dues
from marketplace.rights.hearing.services import note_holder_told
from marketplace.rights.registration.services import accept_claim, ask_supplement
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.pipeline import catch_up
from tests.given.remarks import proposed_freeze
from tests.given.world import World
from tests.rights.test_drafting import refused


def told() -> dict[str, list[str]]:
    """Return the reminders of each person, by the local part of their address."""
    rows = Notice.objects.filter(kind="due_soon").select_related("person")
    answer: dict[str, list[str]] = {}
    for notice in rows.order_by("created_at"):
        due = f"{notice.parameters['due']} {notice.parameters['day']}"
        answer.setdefault(notice.person.email.partition("@")[0], []).append(due)
    return answer


def remind(day: str) -> None:
    """Let the software remind on a day, and tell."""
    with clock.stopped_at(given.at(day)):
        remind_of_dues(by=given.software())
        catch_up()


def test_reviewers_are_reminded_to_reply_and_to_decide(world: World) -> None:
    """Two working days before the last, once for each last day."""
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.submitted_claim(world)
    assert str(claim.reply_due_on) == "2026-11-05"
    remind("2026-11-02")
    assert told() == {}
    remind("2026-11-03")
    remind("2026-11-04")
    assert told() == {
        "reviewer": ["reply 2026-11-05"],
        "second_reviewer": ["reply 2026-11-05"],
    }
    with clock.stopped_at(given.at("2026-11-05")):
        accept_claim(claim.pk, by=world.actor("reviewer"))
    claim.refresh_from_db()
    assert str(claim.decision_due_on) == "2026-11-19"
    remind("2026-11-16")
    assert len(told()["reviewer"]) == 1
    remind("2026-11-17")
    assert told()["reviewer"] == ["reply 2026-11-05", "decision 2026-11-19"]


def test_the_claimant_is_reminded_to_complete(world: World) -> None:
    """Their officers and nobody else; by e-mail too, in words."""
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.submitted_claim(world)
        claim = ask_supplement(claim.pk, missing=["A seal"], by=world.actor("reviewer"))
    assert claim.supplement_due_on is not None
    remind((claim.supplement_due_on - timedelta(days=1)).isoformat())
    assert set(told()) == {"officer", "colleague"}
    notice = Notice.objects.filter(kind="due_soon").first()
    assert notice is not None
    assert email_notice(notice.pk)
    subject = mail.outbox[0].subject
    assert "Complete a claim by" in subject
    assert claim.supplement_due_on.isoformat() in subject


def test_reviewers_are_reminded_of_objections(world: World) -> None:
    """Before the ten working days are over."""
    with clock.stopped_at(given.at("2026-11-02")):
        objection = given.raised_objection(world, given.published_claim(world))
    assert str(objection.due_on) == "2026-11-16"
    remind("2026-11-11")
    assert told() == {}
    remind("2026-11-12")
    assert told()["second_reviewer"] == ["objection 2026-11-16"]


def test_a_holder_is_notified_of_an_objection_within_days(
    world: World, page_of: PageClients
) -> None:
    """Five working days; the desk asks for it until it is done, and the ledger says when it was."""
    with clock.stopped_at(given.at("2026-11-02")):
        certificate = given.certified(world)
    catch_up()
    with clock.stopped_at(given.at("2026-11-09")):
        objection = given.raised_objection(world, certificate.claim)
    assert str(objection.notify_due_on) == "2026-11-16"
    with clock.stopped_at(given.at("2026-11-10")):
        [due] = dues_of(world.actor("reviewer"))
        assert (due.what, str(due.last_day)) == (str(DueKind.NOTIFY.label), "2026-11-16")
        page = page_of("reviewer").get(reverse("objection_detail", args=[objection.pk]))
        assert "Holder to be notified by" in page.content.decode()
    with clock.stopped_at(given.at("2026-11-13")):
        assert remind_of_dues(by=given.software()) == [objection.pk]
        assert remind_of_dues(by=given.software()) == []
        catch_up()
    objection.refresh_from_db()
    assert objection.holder_told_at is not None
    fact = Entry.objects.get(kind="rights.holder_notified")
    assert fact.payload == {"due_on": "2026-11-16"}
    holders = {notice.person.organization for notice in Notice.objects.filter(kind=OBJECTED)}
    assert certificate.organization in holders
    with clock.stopped_at(given.at("2026-11-13")):
        assert [due.what for due in dues_of(world.actor("reviewer"))] == [
            str(DueKind.OBJECTION.label)
        ]


OBJECTED = "objection_raised"


def test_an_objection_in_the_notice_has_no_such_day(world: World) -> None:
    """It is published anyway; and nobody but the software notes that somebody was told."""
    objection = given.raised_objection(world, given.published_claim(world))
    catch_up()
    objection.refresh_from_db()
    assert (objection.notify_due_on, objection.holder_told_at) == (None, None)
    with pytest.raises(NotAllowed):
        note_holder_told(objection.pk, by=world.actor("reviewer"))


def test_the_holder_is_reminded_of_the_renewal_again(world: World) -> None:
    """A month before the end, after it was announced half a year before."""
    with clock.stopped_at(given.at("2026-11-05")):
        given.certified(world, term_years=1)
    with clock.stopped_at(given.at("2027-05-05")):
        advance_due_claims(by=given.software())
    remind("2027-10-05")
    assert told() == {}
    remind("2027-10-06")
    remind("2027-10-07")
    assert told()["officer"] == ["renewal 2027-11-04"]


def test_only_software_reminds(world: World) -> None:
    """Nobody calls it by hand."""
    refused(NotAllowed, lambda: remind_of_dues(by=world.actor("reviewer")))


def test_each_desk_shows_what_is_due_there(world: World, page_of: PageClients) -> None:
    """The reviewer's claims and objections, the officer's completions, the earliest first."""
    with clock.stopped_at(given.at("2026-11-02")):
        given.submitted_claim(world)
        given.raised_objection(world, given.published_claim(world))
        given.incomplete_claim(world)
        shown = dues_of(world.actor("reviewer"))
        assert [str(due.last_day) for due in shown] == ["2026-11-05", "2026-11-16"]
        assert [due.workdays_left for due in shown] == [3, 10]
        page = page_of("reviewer").get(reverse("desk")).content.decode()
        assert "What is due in the register" in page
        assert "3 working days" in page
        assert [due.what for due in dues_of(world.actor("officer"))] == ["Complete a claim"]
        assert dues_of(world.actor("stranger")) == []
    with clock.stopped_at(given.at("2026-11-17")):
        page = page_of("reviewer").get(reverse("desk")).content.decode()
        assert "has passed" in page


@pytest.mark.parametrize(("person", "shown"), [("stranger", True), ("officer", False)])
def test_a_transfer_waits_on_the_acquirers_desk(
    world: World, page_of: PageClients, person: str, shown: bool
) -> None:
    """Until it is joined."""
    given.opened_transfer(world, given.certified(world, dataset=approved_dataset(world)))
    page = page_of(person).get(reverse("desk")).content.decode()
    assert ("Join a transfer" in page) is shown


def test_a_remark_waits_on_the_reviewers_desk(world: World, page_of: PageClients) -> None:
    """Until a second reviewer decides."""
    proposed_freeze(world)
    assert "Confirm a remark" in page_of("second_reviewer").get(reverse("desk")).content.decode()
