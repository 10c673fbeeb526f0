"""Terms that reach into a year whose working days nobody knows yet, until its calendar comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage
from django.urls import reverse
from django.utils.formats import date_format

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.notices.texts import worded
from marketplace.rights.checks import check_calendar
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.presentation import dues_of
from marketplace.rights.due.services import (
    advance_due_claims,
    remind_of_dues,
    settle_register_terms,
)
from marketplace.rights.notice.selectors import claims_in_notice
from marketplace.rights.registration.services import accept_claim, extend_decision, terminate_claim
from tests.conftest import ApiClients, PageClients
from tests.given import rights as given
from tests.given.pipeline import catch_up
from tests.given.world import World

Arrive = Callable[..., None]


@pytest.fixture
def arrive(settings: LazySettings, tmp_path: Path) -> Arrive:
    """Take away the years to come, and let the calendar of 2027 arrive when it is called."""
    settings.CENTRE = settings.CENTRE | {"CALENDARS": str(tmp_path)}

    def bring(
        *holidays: str, makeup: tuple[str, ...] = (), years: tuple[int, ...] = (2027,)
    ) -> None:
        calendar = {"years": years, "holidays": holidays, "makeup_workdays": makeup}
        (tmp_path / "CN-2027.json").write_text(json.dumps(calendar))

    return bring


def late_claim(world: World) -> Claim:
    """Submit a claim in the last days of 2026: its reply is due in January, by weekends."""
    with clock.stopped_at(given.at("2026-12-30")):
        claim = given.submitted_claim(world)
    assert claim.reply_due_on == date(2027, 1, 4)
    return claim


def advance(day: str) -> list[Any]:
    """Let the software do on a day what is due."""
    with clock.stopped_at(given.at(day)):
        return advance_due_claims(by=given.software())


def settle(day: str = "2026-12-31") -> list[Any]:
    """Let the software count anew on a day."""
    with clock.stopped_at(given.at(day)):
        return settle_register_terms(by=given.software())


def test_a_provisional_day_is_marked_wherever_it_is_shown(
    arrive: Arrive, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """On the page, on the desk, in the API, and in the reminder, in both languages."""
    claim = late_claim(world)
    with clock.stopped_at(given.at("2026-12-31")):
        page = reverse("claim_detail", args=[claim.pk])
        assert (
            f"{date_format(date(2027, 1, 4))} (provisional)"
            in page_of("officer").get(page).content.decode()
        )
        chinese = page_of("officer").get(page, headers={"accept-language": "zh-hans"})
        assert "（暂定）" in chinese.content.decode()
        told = api_of("officer").get(f"/api/v1/claims/{claim.pk}/").json()
        assert (told["reply_due_on"], told["provisional_terms"]) == ("2027-01-04", ["reply_due_on"])
        [due] = dues_of(world.actor("reviewer"))
        assert due.shown.endswith("(provisional)")
        assert not due.is_over
        remind_of_dues(by=given.software())
        catch_up()
    reminders = Notice.objects.filter(kind="due_soon")
    assert {worded(each.kind, each.parameters).title.split(":")[0] for each in reminders} == {
        "Reply to a claim by 2027-01-04 (provisional)"
    }


def test_silence_is_no_acceptance_before_the_calendar_says_when(
    arrive: Arrive, world: World
) -> None:
    """The register cannot have let a term pass whose last day nobody could know."""
    claim = late_claim(world)
    assert advance("2027-01-29") == []
    arrive("2027-01-01", "2027-01-04")
    # The days are counted anew where they are relied on, even before they are put down anew.
    assert advance("2027-01-06") == []
    assert advance("2027-01-07") == [claim.pk]
    claim.refresh_from_db()
    assert (claim.accepted_on, claim.was_accepted_silently) == (date(2027, 1, 7), True)


@pytest.mark.parametrize(
    ("holidays", "makeup", "due"),
    [
        (("2027-01-01",), (), "2027-01-05"),
        (("2027-01-01", "2027-01-04", "2027-01-05"), (), "2027-01-07"),
        ((), ("2027-01-02",), "2027-01-02"),
        ((), (), "2027-01-04"),
    ],
    ids=["later", "much later", "earlier", "the same"],
)
def test_the_calendar_makes_the_day_final(
    holidays: tuple[str, ...], makeup: tuple[str, ...], due: str, arrive: Arrive, world: World
) -> None:
    """Counted anew, once: one entry of the ledger, and all whom it concerns are told."""
    claim = late_claim(world)
    assert settle() == []
    arrive(*holidays, makeup=makeup)
    assert settle() == [claim.pk]
    assert settle() == []
    claim.refresh_from_db()
    assert (str(claim.reply_due_on), claim.provisional) == (due, {})
    [entry] = Entry.objects.filter(kind="rights.term_settled")
    assert entry.payload == {"what": "reply_due_on", "before": "2027-01-04", "due_on": due}
    catch_up()
    told = Notice.objects.filter(kind="term_settled")
    people = {notice.person.email.partition("@")[0] for notice in told}
    assert {"officer", "reviewer", "second_reviewer"} <= people
    titles = {worded(each.kind, each.parameters).title for each in told}
    assert all(title.endswith(f"the last day is final, {due}") for title in titles)


def test_a_calendar_that_comes_too_late_ends_what_has_passed(arrive: Arrive, world: World) -> None:
    """In March the reply's time was over since January; acceptance dates from that day."""
    claim = late_claim(world)
    arrive("2027-01-01")
    assert settle("2027-03-01") == [claim.pk]
    assert advance("2027-03-01") == [claim.pk]
    claim.refresh_from_db()
    assert claim.accepted_on == date(2027, 1, 6)


def test_what_was_not_completed_waits_for_the_calendar(arrive: Arrive, world: World) -> None:
    """Neither the software nor a reviewer ends a claim by a day that is provisional."""
    with clock.stopped_at(given.at("2026-12-28")):
        claim = given.claim_to_supplement(world)
    due = claim.supplement_due_on
    assert due is not None
    assert due.year == 2027
    with clock.stopped_at(given.at("2027-03-01")):
        with pytest.raises(WrongState) as early:
            terminate_claim(claim.pk, reason="Not completed.", by=world.actor("reviewer"))
        assert early.value.code == "time-left"
        assert "(provisional)" in str(early.value)
        arrive()
        terminate_claim(claim.pk, reason="Not completed.", by=world.actor("reviewer"))


def test_a_notice_stays_open_until_its_end_is_known(arrive: Arrive, world: World) -> None:
    """Nobody loses the time to object; then the decision's term runs on from the true end."""
    with clock.stopped_at(given.at("2026-12-29")):
        claim = given.published_claim(world)
    assert claim.notice_until is not None
    assert "notice_until" in claim.provisional
    with clock.stopped_at(given.at("2027-02-01")):
        assert claim in claims_in_notice()
        assert advance("2027-02-01") == []
        given.raised_objection(world, claim)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OBJECTION


def test_an_extension_counts_on_from_where_the_term_began(arrive: Arrive, world: World) -> None:
    """Ten days and ten more are twenty from the acceptance, whatever ten were held for."""
    with clock.stopped_at(given.at("2026-12-28")):
        claim = given.reviewed_claim(world)
        assert "decision_due_on" in claim.provisional
        extend_decision(claim.pk, reason="Two registers disagree.", by=world.actor("reviewer"))
        extended = Claim.objects.get(pk=claim.pk)
    arrive("2027-01-01")
    settle()
    settled = Claim.objects.get(pk=claim.pk)
    assert extended.decision_due_on == date(2027, 1, 25)
    assert settled.decision_due_on == date(2027, 1, 26)


def test_a_term_that_has_ended_loses_its_mark_and_keeps_its_day(
    arrive: Arrive, world: World
) -> None:
    """Nothing is told of what concerns nobody any more."""
    claim = late_claim(world)
    with clock.stopped_at(given.at("2026-12-31")):
        accept_claim(claim.pk, by=world.actor("reviewer"))
    arrive("2027-01-01")
    settle()
    whats = [entry.payload["what"] for entry in Entry.objects.filter(kind="rights.term_settled")]
    assert whats == ["decision_due_on"]


def test_only_the_software_counts_anew(arrive: Arrive, world: World) -> None:
    """Nobody moves a day by hand."""
    with pytest.raises(NotAllowed):
        settle_register_terms(by=world.actor("reviewer"))


def warned(day: str) -> list[CheckMessage]:
    """Run the system check on a day."""
    with clock.stopped_at(given.at(day)):
        return check_calendar(None)


def test_the_check_warns_months_before(arrive: Arrive, settings: LazySettings) -> None:
    """From three months before the known years end, and not once the next one is there."""
    assert warned("2026-09-30") == []
    [warning] = warned("2026-10-01")
    assert warning.id == "rights.W002"
    assert "until 2026-12-31" in warning.msg
    settings.CENTRE = settings.CENTRE | {"CALENDAR_WARNING_MONTHS": 1}
    assert warned("2026-11-27") == []
    arrive()
    assert warned("2026-12-30") == []


def test_the_check_reports_a_file_that_is_no_calendar(
    arrive: Arrive, settings: LazySettings
) -> None:
    """The centre goes on without it, and the terms stay provisional."""
    arrive("2028-01-03")
    [fault, _warning] = warned("2026-12-01")
    assert fault.id == "rights.E002"
    assert "names 2028-01-03, a day of a year that is not in its `years`" in fault.msg
    settings.CENTRE = settings.CENTRE | {"CALENDARS": "/no/such/folder"}
    [fault, _warning] = warned("2026-12-01")
    assert "which is no folder" in fault.msg
