"""From a person's request to rows that left: who proves what before whom, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as in_force
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django import Settings

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock, workdays
from marketplace.core.actor import NOBODY, Actor
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking import making
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.rules import (
    ACTS_ON_PERSON_REQUEST,
    acts_on_person_request,
)
from marketplace.trading.orders.person_request.selectors import verdicts_with
from marketplace.trading.orders.person_request.services import (
    ask_as_person,
    ask_lost_searches,
    close_unproven,
    confirm_removal,
    destroy_old_answers,
    grant_person_request,
    note_rows_left,
    pick_up_answer,
    prove_identity,
    read_identity,
    refuse_person_request,
    remind_of_person_requests,
)
from marketplace.trading.orders.settlement.services import STAGES
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.given import people, persons, preparation
from tests.given import trading as given
from tests.given.state import all_rows
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World
from tests.pipeline.test_telling_of_money import told

OFFICERS, REVIEWERS = {"officer", "colleague"}, {"reviewer", "second_reviewer"}
TOLD = (persons.NAME, persons.ID_NUMBER, persons.MOBILE, persons.CONTACT)


def test_rows_leave_the_next_version_and_every_later_one(world: World) -> None:
    """Also where the data comes in again with them; what shows the person is recalled."""
    listing = persons.listed_people(world)
    source = persons.source_of(listing)
    request = persons.confirmed(
        world, persons.granted(world, persons.proved(world, persons.received(world, listing)))
    )
    assert request.found == [{"version": str(source.pk), "number": source.number, "rows": 1}]
    report = listing.risk_report
    assert report is not None
    report.refresh_from_db()
    assert (report.verdict, report.recall) == ("de-identified", "person")
    renewed = persons.masked_again(world, source)
    assert left_out(source) == 1
    request.refresh_from_db()
    assert (request.state, request.due_on) == ("left", None)
    coming = preparation.next_version(
        world, source, table=preparation.people().replace("Xiamen", "Zhangzhou", 1)
    )
    later = preparation.masked(world, coming)
    assert later.pk != renewed.pk
    assert left_out(coming) == 1


def left_out(source: DatasetVersion) -> int:
    """Return how many rows the newest masking of a source version did not read."""
    run = Run.objects.filter(version=source, kind="mask").latest("created_at")
    assert run.policy is not None
    report = run.risk_report
    return int(run.version.rows - report.figures["rows_read"])


def test_what_is_kept_of_who_asked(world: World) -> None:
    """Codes that nobody can read, in an own table and the ledger nothing; the file is destroyed."""
    before = {table: set(rows) for table, rows in as_texts().items()}
    request = persons.received(world)
    written = [row for table, rows in as_texts().items() for row in set(rows) - before[table]]
    assert written
    for text in written:
        assert not [one for one in TOLD if one in text]
    assert read_identity(request.pk, by=world.actor("reviewer"))["name"] == persons.NAME
    closed = close_unproven(request.pk, reason="Nobody came.", by=world.actor("reviewer"))
    assert closed.codes == []
    with pytest.raises(WrongState, match="removed"):
        open_stored(PersonRequest.objects.get(pk=request.pk).identity)


def as_texts() -> dict[str, list[str]]:
    """Return every row of every table as a text."""
    return {table: [str(row) for row in rows] for table, rows in all_rows().items()}


def test_a_person_reads_what_is_held(world: World, page_of: PageClients) -> None:
    """With the reference and a number of theirs, for thirty days; each alone opens nothing."""
    listing = persons.listed_people(world)
    request = persons.answered(
        world, persons.proved(world, persons.received(world, listing, persons.ACCESS))
    )
    answer = pick_up_answer(
        reference=request.reference, identifier=f" +86 {persons.MOBILE}", by=NOBODY
    )
    (version,) = answer["versions"]
    assert (version["rows"], version["copy"][0]["id_number"]) == (1, persons.ID_NUMBER)
    assert answer["recipients"] == []
    other = preparation.people().splitlines()[3].split(",")[2]
    for reference, number in (
        (request.reference, other),
        (request.reference, "x"),
        ("RF00 0000 0000 0000 0000 00", persons.MOBILE),
        (persons.received(world, listing).reference, persons.MOBILE),
    ):
        with pytest.raises(NotFound):
            pick_up_answer(reference=reference, identifier=number, by=NOBODY)
    sent = {"reference": request.reference, "identifier": persons.ID_NUMBER}
    page = page_of("").post(reverse("person_request_answer"), sent)
    assert persons.NAME in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert destroy_old_answers(by=given.SYSTEM) == [request.pk]
        with pytest.raises(NotFound):
            pick_up_answer(**sent, by=NOBODY)
        assert destroy_old_answers(by=given.SYSTEM) == []


def test_who_knows_a_number_learns_nothing_by_it(world: World) -> None:
    """Twice the same is two requests, and a reference tells nothing of what was written."""
    listing = given.published(world)
    first, second = persons.received(world, listing), None
    second = ask_as_person(**persons.asking(str(listing.pk)), by=world.actor("stranger"))
    assert first.pk != second.pk
    assert first.reference != second.reference
    entry = Entry.objects.filter(kind="trading.person_request_received").latest("id")
    assert entry.person_id is None


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, "name", "invalid"),
        ({"contact": ""}, "contact", "invalid"),
        ({"identifiers": []}, "identifiers", "invalid"),
        ({"identifiers": ["Wei"]}, "identifiers", "identifier-short"),
        ({"identifiers": ["13800138000"] * 6}, "identifiers", "invalid"),
        ({"words": "x" * 2001}, "words", "invalid"),
        ({"named": "nothing"}, "named", "data-unknown"),
    ],
)
def test_what_is_missing_is_said(
    world: World, changes: dict[str, object], field: str, code: str
) -> None:
    asked = persons.asking(str(given.published(world).pk)) | changes
    with pytest.raises(Invalid) as refusal:
        ask_as_person(**asked, by=NOBODY)
    assert field in refusal.value.fields
    assert refusal.value.code == code
    assert not PersonRequest.objects.exists()


def test_rows_stay_out_from_the_proof_and_come_in_again_where_it_is_refused(world: World) -> None:
    """Nobody sells them while the holder thinks about it."""
    request = persons.received(world)
    assert not Exclusion.objects.exists()
    persons.proved(world, request)
    assert set(Exclusion.objects.values_list("code", flat=True)) == set(request.codes)
    refused = refuse_person_request(request.pk, reason=persons.REASON, by=world.actor("officer"))
    assert not Exclusion.objects.exists()
    kept = PersonRequest.objects.get(pk=refused.pk)
    assert (kept.codes, kept.identity.removed_at is not None) == ([], True)


def test_a_refusal_says_why_and_whom_to_complain_to(
    world: World, page_of: PageClients, settings: Settings
) -> None:
    settings.CENTRE = {**in_force.CENTRE, "PERSON_AUTHORITY": "Minjiang Cyberspace Office"}
    request = persons.refused(world)
    address = f"{reverse('person_request_asked')}?reference={request.reference}"
    page = page_of("").get(address).content.decode()
    for said in (persons.REASON, "people's court", "Minjiang Cyberspace Office"):
        assert said in page
    with pytest.raises(Invalid):
        refuse_person_request(persons.proved(world).pk, reason=" ", by=world.actor("officer"))


def test_what_a_run_read_before_the_proof_is_not_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is proved while data with their rows is being desensitized."""
    listing = persons.listed_people(world)
    source = persons.source_of(listing)
    persons.proved(world, persons.received(world, listing))
    run = start_masking(source.pk, by=world.actor("officer"))
    monkeypatch.setattr(making, "exclusions_of", lambda _dataset: [])
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "persons-left")


def test_what_is_anonymous_stands(world: World) -> None:
    """It is no personal information: nothing is recalled, and the rows leave what is to come."""
    header, *lines = people.patients().splitlines()
    rows = [f"{line},138{number:08d}" for number, line in enumerate(lines)]
    table = "\n".join([f"{header},mobile", *rows]) + "\n"
    version = preparation.classified_version(world, table=table, personal_basis="consent")
    masked = people.masked_again(world, version, {**people.BY_AGE, "mobile": "drop"})
    report = RiskReport.objects.get(version=masked)
    assert report.verdict == "anonymous"
    assert report.credential is not None
    asked = persons.asking(report.credential.number, identifiers=["138 0000 0007"])
    request = ask_as_person(**asked, by=NOBODY)
    request = persons.granted(world, persons.proved(world, request))
    assert (request.rows_found, verdicts_with(request)) == (1, [])
    confirmed = confirm_removal(request.pk, by=world.actor("reviewer"))
    report.refresh_from_db()
    assert (confirmed.state, report.recall, report.state) == ("confirmed", "", "in_force")
    with people.few_will_do():
        persons.masked_again(world, version)
    confirmed.refresh_from_db()
    assert confirmed.state == "left"


def test_where_nothing_is_found_it_ends_at_once(world: World) -> None:
    """And the codes stay, for what may come in later."""
    request = persons.confirmed(world)
    assert (request.rows_found, request.state) == (0, "left")
    assert Exclusion.objects.filter(cause=request.subject).count() == len(request.codes) == 2


def test_nobody_has_rows_leave_alone(world: World) -> None:
    """Who granted it in the holder's place does not confirm it, nor by raw SQL."""
    request = persons.proved(world)
    reviewer = world.actor("reviewer")
    with pytest.raises(NotAllowed):
        grant_person_request(request.pk, by=reviewer)
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        persons.searched(grant_person_request(request.pk, by=reviewer))
        with pytest.raises(NotAllowed, match="second reviewer"):
            confirm_removal(request.pk, by=reviewer)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE orders_personrequest SET confirmed_by_id = decided_by_id "
                "WHERE reference = %s",
                [request.reference],
            )
        confirm_removal(request.pk, by=world.actor("second_reviewer"))


def test_nothing_is_told_before_the_proof_even_by_sql(world: World) -> None:
    request = persons.received(world, kind=persons.ACCESS)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_personrequest SET state = 'answered' WHERE reference = %s",
            [request.reference],
        )


def test_each_step_has_its_last_day(world: World, settings: Settings) -> None:
    """In working days, by the centre's rules where the law says no more than “in time”."""
    calendar, today = workdays.calendar(), clock.today()

    def days(request: PersonRequest) -> int:
        assert request.due_on is not None
        return next(n for n in range(1, 40) if calendar.add_workdays(today, n) >= request.due_on)

    request = persons.received(world)
    assert days(request) == in_force.CENTRE["PERSON_IDENTITY_WORKING_DAYS"] == 3
    settings.CENTRE = {**in_force.CENTRE, "PERSON_ANSWER_WORKING_DAYS": 10}
    assert days(persons.proved(world, request)) == 10
    assert days(persons.granted(world, PersonRequest.objects.get(pk=request.pk))) == 3


def test_who_is_late_is_reminded_at_each_stage(world: World) -> None:
    """Once each, both the holder and the centre; then it is the centre's to answer too."""
    request = persons.proved(world)
    assert told("person_asked") == REVIEWERS
    assert told("person_to_answer") == OFFICERS
    assert request.due_on is not None
    over = timedelta(days=(request.due_on - clock.today()).days)
    for number, days in enumerate((0, *STAGES)):
        with clock.stopped_at(clock.now() + over + timedelta(days=days)):
            assert len(remind_of_person_requests(by=given.SYSTEM)) == min(number, 1)
            assert remind_of_person_requests(by=given.SYSTEM) == []
            open_to = acts_on_person_request(
                PersonRequest.objects.get(pk=request.pk), world.actor("reviewer")
            )
            assert open_to["grant_person_request"] is (number > 0)
    assert told("person_request_overdue") == OFFICERS | REVIEWERS


def test_a_search_that_was_lost_is_asked_for_again(world: World) -> None:
    request = persons.unsearched(world)
    # The shelf may have kept it for longer than a search is waited for.
    asked_at = request.proved_at
    assert asked_at is not None
    with clock.stopped_at(asked_at):
        assert ask_lost_searches(by=given.SYSTEM) == []
    with clock.stopped_at(asked_at + timedelta(minutes=11)):
        assert ask_lost_searches(by=given.SYSTEM) == [request.pk]
    assert Entry.objects.filter(kind="trading.person_search_asked").count() == 2
    persons.searched(request)
    with clock.stopped_at(clock.now() + timedelta(minutes=22)):
        assert ask_lost_searches(by=given.SYSTEM) == []


def test_who_reads_an_identity_is_on_record_and_the_holder_reads_none(
    world: World, page_of: PageClients
) -> None:
    request = persons.received(world)
    address = reverse("person_request_identity", args=[request.pk])
    assert page_of("officer").post(address).status_code == 403
    page = page_of("reviewer").post(address).content.decode()
    assert persons.ID_NUMBER in page
    entry = Entry.objects.get(kind="trading.person_identity_read")
    assert entry.person_id == world.person("reviewer").pk
    assert persons.NAME not in json.dumps(entry.payload)
    for person in ("officer", "reviewer"):
        shown = page_of(person).get(reverse("person_request_detail", args=[request.pk]))
        assert not [one for one in TOLD if one in shown.content.decode()]


def test_only_the_software_ends_and_reminds(world: World) -> None:
    dataset = persons.dataset_of(given.published(world))
    for act in (remind_of_person_requests, ask_lost_searches, destroy_old_answers):
        with pytest.raises(NotAllowed):
            act(by=world.actor("reviewer"))
    with pytest.raises(NotAllowed):
        note_rows_left(dataset.pk, by=world.actor("reviewer"))


STATES: dict[str, Callable[[World], PersonRequest]] = {
    "received": persons.received,
    "recorded": persons.recorded,
    "unsearched": persons.unsearched,
    "proved": persons.proved,
    "access": lambda world: persons.proved(world, kind=persons.ACCESS),
    "answered": persons.answered,
    "refused": persons.refused,
    "closed": persons.closed,
    "granted": persons.granted,
    "confirmed": persons.confirmed,
}
WHY = "For a reason."


def tried(request: PersonRequest, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a request can offer."""
    pk = request.pk
    more = {
        "prove_identity": accepts(lambda: prove_identity(pk, how_proved=WHY, by=by)),
    }
    return accepted_acts(ACTS_ON_PERSON_REQUEST, pk, by, more)


@pytest.mark.drawn(len(STATES) // 2)
@pytest.mark.parametrize("state", STATES)
def test_a_request_offers_what_is_accepted(state: str, world: World) -> None:
    """To officers of the holder, to reviewers, and to nobody else."""
    pk = STATES[state](world).pk
    for person in ("officer", "finance", "buyer", "stranger", "reviewer", "second_reviewer"):
        by, request = world.actor(person), PersonRequest.objects.get(pk=pk)
        assert dict(acts_on_person_request(request, by)) == tried(request, by), person
