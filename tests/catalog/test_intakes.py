"""A file is kept while an officer says how its table is read; then it is a version, or gone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from desensitize.tables import Reading
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.proposals import proposals_of
from marketplace.catalog.intake.rules import acts_on_intake
from marketplace.catalog.intake.seeing import reading_of, seen_of
from marketplace.catalog.intake.selectors import waiting_for
from marketplace.catalog.intake.services import (
    drop_file,
    expire_files,
    mend_reading,
    take_file,
)
from marketplace.catalog.intake.states import IntakeState
from marketplace.catalog.new_version.services import receive_upload
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.presentation import read_as, version_facts
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.vault.models import Purpose, StoredFile
from tests.conftest import ApiClients, PageClients
from tests.given.arrivals import opened_feed
from tests.given.catalog import (
    TRIPS,
    WIDER,
    annotated_version,
    draft_dataset,
    uploaded_version,
)
from tests.given.intakes import handed_in, waiting
from tests.given.untidy import RAGGED, insured
from tests.given.vault import upload
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
SECRET = "1003"
"""A value of the workbook that only who sent it reads."""


def text_of(answer: Any) -> str:
    """Return a page as its reader sees it, more or less."""
    return unescape(answer.content.decode())


def form_of(page: Any, **changes: object) -> dict[str, object]:
    """Return what a browser sends for the form of a page."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return {name: value for name, value in (sent | changes).items() if value is not False}


def open_files(dataset: Dataset) -> int:
    """Count the parts of files that the centre still holds."""
    return StoredFile.objects.filter(
        organization_id=dataset.organization_id, purpose=Purpose.PART, removed_at=None
    ).count()


def test_workbook_with_titles_and_a_total_is_taken_by_one_click(
    world: World, page_of: PageClients
) -> None:
    came = handed_in(world, insured(), name="参保.xlsx")
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    page = client.get(address)
    shown = text_of(page)
    assert "20 rows and 5 columns come of it" in shown
    assert "the name stands twice in the file" in shown
    assert "Row 24, total: 合计 | 5000 | 300" in shown
    answer = client.post(address, form_of(page, take="1"))
    assert answer["Location"] == reverse("dataset_grade", args=[came.dataset_id])
    version = latest_source_version(came.dataset)
    assert version is not None
    names = [column.name for column in columns_of(version)]
    assert (version.rows, names) == (20, ["人员编号", "性别", "出生日期", "金额", "金额_2"])
    assert "Row of the header: 3; Rows of the file not read: 24, 25" in read_as(version)
    assert ("Columns named anew", "column 5 as “金额_2”") in version_facts(version)
    assert open_files(came.dataset) == 0


def test_what_is_mended_is_kept_with_the_version(world: World, page_of: PageClients) -> None:
    came = handed_in(world, insured(), name="t.xlsx")
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    page = client.get(address)
    said: dict[str, object] = {"name-3": "缴费金额", "name-4": "", "day-2": "", "rows_out": ["24"]}
    client.post(address, form_of(page, take="1", **said))
    version = latest_source_version(came.dataset)
    assert version is not None
    assert version.reading["names"] == ["人员编号", "性别", "出生日期", "缴费金额", ""]
    assert (version.reading["rows_out"], version.reading["kept"]) == ([24], ["note"])
    assert [column.dtype for column in columns_of(version)] == ["text", "text", "text", "integer"]
    assert version.rows == 21


def test_other_header_is_shown_before_anything_is_taken(world: World, page_of: PageClients) -> None:
    """Whoever takes with another header has not seen what comes of it."""
    came = waiting(world)
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    answer = client.post(address, form_of(client.get(address), take="1", header="2"))
    assert answer["Location"] == address
    assert latest_source_version(came.dataset) is None
    came.refresh_from_db()
    assert reading_of(came).names == ("2026-03-01", "1", "1204", "1.5")
    page = client.get(address)
    assert "3 rows and 4 columns" in text_of(page)
    client.post(address, form_of(page, take="1"))
    assert latest_source_version(came.dataset) is not None


def test_ragged_rows_wait_for_a_choice(world: World, page_of: PageClients) -> None:
    came = handed_in(world, RAGGED)
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    page = client.get(address)
    shown = text_of(page)
    assert "Too short: 1. Too long: 1." in shown
    assert "Line 3 has 2 fields, but the header has 3" in shown
    refused = client.post(address, form_of(page, take="1"))
    assert refused.status_code == 422
    assert latest_source_version(came.dataset) is None
    client.post(address, form_of(page, take="1", ragged="fill"))
    version = latest_source_version(came.dataset)
    assert version is not None
    assert version.rows == 3


def test_next_file_is_read_as_the_last(world: World, page_of: PageClients) -> None:
    came = handed_in(world, insured(), name="t.xlsx")
    officer = world.actor("officer")
    names = ("编号", "性别", "出生日期", "收入", "支出")
    said = reading_of(came)
    take_file(came.pk, reading=Reading(**(vars(said) | {"names": names})), by=officer)
    following = handed_in(world, insured(rows=30), name="u.xlsx", dataset=came.dataset)
    read = reading_of(following)
    assert (read.names, read.rows_out) == (names, (34, 35))
    take_file(following.pk, by=officer)
    version = latest_source_version(came.dataset)
    assert version is not None
    assert (version.number, version.rows) == (2, 30)


def test_table_of_other_columns_asks_back(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    uploaded_version(world, dataset, table=TRIPS)
    came = handed_in(world, WIDER, dataset=dataset)
    with pytest.raises(Invalid) as refusal:
        take_file(came.pk, by=world.actor("officer"))
    assert refusal.value.code == "other-columns"
    assert "new are “weather”; missing are “boardings”, “delay_minutes”" in refusal.value.sentence
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    page = client.get(address)
    assert "The columns are others than those of version 1:" in text_of(page)
    assert client.post(address, form_of(page, take="1")).status_code == 422
    newest = latest_source_version(dataset)
    assert newest is not None
    assert newest.number == 1
    client.post(address, form_of(page, take="1", other_columns="on"))
    newest = latest_source_version(dataset)
    assert newest is not None
    assert newest.number == 2


def test_renamed_column_keeps_what_was_said_of_it(world: World, page_of: PageClients) -> None:
    """The page proposes that it is the same, and the words of before for it."""
    dataset = draft_dataset(world)
    version = annotated_version(world, dataset, table=TRIPS)
    came = handed_in(world, TRIPS.replace("delay_minutes", "late_by"), dataset=dataset)
    page = page_of("officer").get(reverse("intake_detail", args=[came.pk]))
    assert "“late_by” seems to be “delay_minutes” under another name" in text_of(page)
    assert "write its former name as its column name" in text_of(page)
    seen = seen_of(came, world.actor("officer"))
    assert seen is not None
    proposed = proposals_of(came, seen)[-1]
    assert proposed.label == columns_of(version).get(name="delay_minutes").label


def test_only_who_sent_a_file_looks_into_it(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    came = handed_in(world, insured(), name="t.xlsx")
    address, program = (
        reverse(name, args=[came.pk]) for name in ("intake_detail", "api_get_intake")
    )
    assert SECRET in text_of(page_of("officer").get(address))
    assert SECRET in api_of("officer").get(program).content.decode()
    shown = page_of("colleague").get(address)
    assert shown.status_code == 200
    assert SECRET not in text_of(shown)
    for person in ("colleague", "reviewer", "auditor"):
        answer = api_of(person).get(program)
        assert answer.json()["seen"] is None
        assert SECRET not in answer.content.decode()
        assert seen_of(came, world.actor(person)) is None
    with pytest.raises(NotAllowed):
        take_file(came.pk, by=world.actor("colleague"))


def test_nothing_plain_stands_in_the_database_or_the_ledger(world: World) -> None:
    came = handed_in(world, insured(), name="t.xlsx")
    mended = Reading(**(vars(reading_of(came)) | {"rows_out": ()}))
    mend_reading(came.pk, reading=mended, by=world.actor("officer"))
    came.refresh_from_db()
    kept = str(Intake.objects.filter(pk=came.pk).values())
    facts = str(list(Entry.objects.values_list("payload", flat=True)))
    # Digests, ids and moments hold any four digits some day.
    secret = re.compile(rf"(?<![\w-]){SECRET}(?![\w-])")
    for told in (kept, facts):
        assert not secret.search(told)
        assert "某局" not in told
        assert "业务系统" not in told
    assert open_files(came.dataset) == 2


def test_file_that_nobody_takes_is_destroyed(world: World) -> None:
    came = waiting(world)
    assert expire_files(by=SYSTEM) == 0
    with clock.stopped_at(came.expires_at + timedelta(seconds=1)):
        with pytest.raises(WrongState) as refusal:
            take_file(came.pk, by=world.actor("officer"))
        assert refusal.value.code == "file-expired"
        assert expire_files(by=SYSTEM) == 1
        assert expire_files(by=SYSTEM) == 0
    came.refresh_from_db()
    assert came.state == IntakeState.EXPIRED
    assert open_files(came.dataset) == 0
    with pytest.raises(NotAllowed):
        expire_files(by=world.actor("officer"))


@pytest.mark.parametrize("came_before", [False, True])
def test_other_columns_that_are_meant_open_a_feed(world: World, came_before: bool) -> None:
    """Whoever takes them has said so; what was set aside of the same file is taken up."""
    dataset, officer = opened_feed(world).dataset, world.actor("officer")
    if came_before:
        assert uploaded_version(world, dataset, table=WIDER).is_set_aside
    came = handed_in(world, WIDER, dataset=dataset)
    taken = take_file(came.pk, other_columns=True, by=officer)
    dataset.refresh_from_db()
    assert not dataset.is_approved
    assert taken.version == latest_source_version(dataset)
    assert DatasetVersion.objects.filter(dataset=dataset).count() == 2


def test_another_file_takes_the_place_of_the_one_that_waits(world: World) -> None:
    first = waiting(world)
    second = handed_in(world, WIDER, dataset=first.dataset)
    first.refresh_from_db()
    assert first.state == IntakeState.DROPPED
    found = waiting_for(first.dataset)
    assert found is not None
    assert found.pk == second.pk
    assert open_files(first.dataset) == 2


def test_same_table_of_the_same_file_is_no_new_version(world: World) -> None:
    """By whichever door it comes; read otherwise it is another."""
    dataset, officer = draft_dataset(world), world.actor("officer")
    first = receive_upload(dataset.pk, upload=upload(TRIPS, name="trips.csv"), by=officer)
    again = take_file(handed_in(world, TRIPS, dataset=dataset).pk, by=officer)
    assert again.version == first
    came = handed_in(world, TRIPS, dataset=dataset)
    reading = Reading(**(vars(reading_of(came)) | {"rows_out": (5,)}))
    other = take_file(came.pk, reading=reading, by=officer)
    assert other.version is not None
    assert (other.version.number, other.version.rows) == (2, 3)


def test_dropped_file_cannot_be_read(world: World) -> None:
    came = waiting(world)
    officer = world.actor("officer")
    drop_file(came.pk, by=officer)
    came.refresh_from_db()
    assert seen_of(came, officer) is None
    with pytest.raises(WrongState):
        take_file(came.pk, by=officer)
    with pytest.raises(WrongState):
        mend_reading(came.pk, reading=Reading(header=2), by=officer)
    assert latest_source_version(came.dataset) is None


def test_offered_acts_are_those_that_are_accepted(world: World) -> None:
    came = waiting(world)
    offered = {
        person: {
            name for name, answer in acts_on_intake(came, world.actor(person)).items() if answer
        }
        for person in ("officer", "colleague", "finance", "reviewer")
    }
    assert offered == {
        "officer": {"mend_reading", "take_file", "drop_file"},
        "colleague": {"drop_file"},
        "finance": set(),
        "reviewer": set(),
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [("3-1", "“3-1” is no number"), ("x", "“x” is no number"), ("1-99999", "is no number")],
)
def test_numbers_of_rows_that_are_none_are_told(
    world: World, page_of: PageClients, said: str, words: str
) -> None:
    came = waiting(world)
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    answer = client.post(address, form_of(client.get(address), take="1", more_out=said))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert latest_source_version(came.dataset) is None


def test_page_is_told_in_chinese(world: World, page_of: PageClients) -> None:
    came = handed_in(world, insured(), name="参保.xlsx")
    client = page_of("officer")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    shown = text_of(client.get(reverse("intake_detail", args=[came.pk])))
    assert "第 24 行" in shown
    assert "Row 24" not in shown
