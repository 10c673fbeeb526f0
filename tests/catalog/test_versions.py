"""Tables are received, kept encrypted and explained."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.test import override_settings

from desensitize.tables import ColumnInfo, describe
from marketplace.catalog.dataset.services import retire_dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.new_version.services import add_masked_version, receive_upload
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import (
    columns_of,
    latest_deliverable_version,
    latest_source_version,
    versions_visible_to,
)
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.vault.models import StoredFile
from marketplace.vault.places import incoming_folder, work_root
from marketplace.vault.services import open_stored
from tests.given.catalog import (
    TRIPS,
    WIDER,
    annotated_version,
    approved_dataset,
    draft_dataset,
    source_version,
    submitted_dataset,
    uploaded_version,
)
from tests.given.threads import at_once
from tests.given.vault import upload
from tests.given.world import World

SOFTWARE = Actor.system(Door.TASK)
MORE_TRIPS = TRIPS + "2026-03-03,1,1190,0.75\n"


def labels_of(version: DatasetVersion) -> dict[str, str]:
    """Return the labels by column."""
    return {column.name: column.label for column in columns_of(version)}


def test_a_table_is_received_and_kept_encrypted(world: World) -> None:
    dataset = draft_dataset(world)
    version = receive_upload(
        dataset.pk, upload=upload(TRIPS, name="März/trips.csv"), by=world.actor("officer")
    )
    assert (version.number, version.kind, version.parent) == (1, VersionKind.SOURCE, None)
    assert (version.rows, version.column_count) == (4, 4)
    assert version.upload_sha256 == hashlib.sha256(TRIPS.encode()).hexdigest()
    assert (version.original_name, version.encoding) == ("trips.csv", "utf-8")
    types = [(column.name, column.dtype) for column in columns_of(version)]
    assert types == [
        ("day", "date"),
        ("line", "integer"),
        ("boardings", "integer"),
        ("delay_minutes", "decimal"),
    ]
    with open_stored(version.file) as stored:
        content = stored.read()
    assert hashlib.sha256(content).hexdigest() == version.sha256 == version.file.sha256
    assert pl.read_parquet(content)["boardings"].to_list() == [1204, 980, 1311, 1002]


def test_parquet_is_received(world: World, tmp_path: Path) -> None:
    path = tmp_path / "trips.parquet"
    pl.DataFrame({"line": ["1", "2"], "open": [True, None]}).write_parquet(path)
    version = receive_upload(
        draft_dataset(world).pk,
        upload=upload(path.read_bytes(), name="trips.parquet"),
        by=world.actor("officer"),
    )
    assert [column.dtype for column in columns_of(version)] == ["text", "boolean"]
    assert (version.file_kind, version.encoding) == ("parquet", "")


def test_nothing_plain_is_left_behind(world: World) -> None:
    others = set(incoming_folder().iterdir())
    sent = upload(TRIPS)
    incoming = set(incoming_folder().iterdir()) - others
    receive_upload(draft_dataset(world).pk, upload=sent, by=world.actor("officer"))
    assert not [path for path in work_root().iterdir() if path.is_dir()]
    assert incoming
    assert all(path.exists() for path in incoming)
    sent.close()
    assert not all(path.exists() for path in incoming)


def test_the_same_bytes_again_are_the_same_version(world: World) -> None:
    dataset = draft_dataset(world)
    first = receive_upload(dataset.pk, upload=upload(TRIPS), by=world.actor("officer"))
    counted = Entry.objects.count(), StoredFile.objects.count()
    again = receive_upload(
        dataset.pk, upload=upload(TRIPS, name="renamed.csv"), by=world.actor("colleague")
    )
    assert again == first
    assert (Entry.objects.count(), StoredFile.objects.count()) == counted


def test_the_same_bytes_do_not_open_an_approved_dataset(world: World) -> None:
    dataset = approved_dataset(world)
    receive_upload(dataset.pk, upload=upload(TRIPS), by=world.actor("officer"))
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.APPROVED


def test_new_data_opens_an_approved_dataset_for_review(world: World) -> None:
    dataset = approved_dataset(world)
    version = receive_upload(dataset.pk, upload=upload(MORE_TRIPS), by=world.actor("officer"))
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.DRAFT
    assert version.number == 2
    assert latest_source_version(dataset) == version
    assert Entry.objects.filter(kind="catalog.dataset_reopened").count() == 1


def test_what_was_said_of_columns_is_kept_for_those_of_the_same_name(world: World) -> None:
    dataset = draft_dataset(world)
    annotated_version(world, dataset)
    version = uploaded_version(world, dataset, table=WIDER)
    assert labels_of(version) == {"day": "Day", "line": "Line", "weather": ""}


@pytest.mark.parametrize(
    ("person", "kind"), [("stranger", NotFound), ("finance", NotAllowed), ("reviewer", NotAllowed)]
)
def test_who_may_not_upload_is_refused(world: World, person: str, kind: type[Exception]) -> None:
    dataset = draft_dataset(world)
    counted = Entry.objects.count(), StoredFile.objects.count()
    with pytest.raises(kind):
        receive_upload(dataset.pk, upload=upload(TRIPS), by=world.actor(person))
    assert (Entry.objects.count(), StoredFile.objects.count()) == counted


def test_data_is_not_taken_under_review_nor_after_the_end(world: World) -> None:
    officer = world.actor("officer")
    dataset = submitted_dataset(world)
    with pytest.raises(WrongState):
        receive_upload(dataset.pk, upload=upload(MORE_TRIPS), by=officer)
    retired = retire_dataset(draft_dataset(world).pk, reason="Unused", by=officer)
    with pytest.raises(WrongState):
        receive_upload(retired.pk, upload=upload(MORE_TRIPS), by=officer)
    assert DatasetVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [
        (b"", "empty.csv", "empty-file", "empty"),
        (b"a,b\n", "header.csv", "no-rows", "no rows"),
        (b"PK\x03\x04rest", "trips.csv", "wrong-content", "a ZIP archive or an Excel workbook"),
        (b"PAR1broken", "trips.parquet", "corrupt-parquet", "damaged"),
        (b"a,b\n1,2\n3\n", "ragged.csv", "ragged-row", "Line 3"),
        (b'a,b\n1,"2\n', "quote.csv", "unclosed-quote", "line 2"),
        (b"a,A\n1,2\n", "twice.csv", "duplicate-column", "“A”"),
        (b"a,b\n1,2\n", "trips.docx", "unsupported-kind", "“.docx”"),
        (b"a,b\n1,2\n", "trips", "unsupported-kind", "of this kind"),
        (b"<!doctype html><p>", "page.csv", "not-a-table", "a web page"),
        (b"a,b\n1,\xff\xfe\x80\n", "rubbish.csv", "encoding-unknown", "CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_a_sentence(
    world: World, content: bytes, name: str, code: str, words: str
) -> None:
    dataset = draft_dataset(world)
    counted = Entry.objects.count(), StoredFile.objects.count()
    with pytest.raises(Invalid) as refusal:
        receive_upload(dataset.pk, upload=upload(content, name=name), by=world.actor("officer"))
    assert refusal.value.code == code
    assert words in refusal.value.fields["upload"][0]
    assert (Entry.objects.count(), StoredFile.objects.count()) == counted
    assert latest_source_version(dataset) is None


@override_settings(CENTRE={**settings.CENTRE, "UPLOAD_MAX_ROWS": 2, "UPLOAD_MAX_COLUMNS": 5})
def test_the_centres_limits_hold(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        receive_upload(draft_dataset(world).pk, upload=upload(TRIPS), by=world.actor("officer"))
    assert refusal.value.code == "too-many-rows"


@pytest.fixture
def masked_file(tmp_path: Path) -> Path:
    """Return what a masking run might have written."""
    path = tmp_path / "masked.parquet"
    pl.DataFrame({"day": ["2026-03"] * 4, "boardings": [1000, 1000, 1300, 1000]}).write_parquet(
        path
    )
    return path


def test_a_masked_version_is_added_with_what_is_known_of_its_columns(
    world: World, masked_file: Path
) -> None:
    dataset = approved_dataset(world)
    parent = source_version(dataset)
    info = describe(masked_file)
    version = add_masked_version(
        parent.pk,
        path=masked_file,
        rows=info.rows,
        columns=info.columns,
        unaltered=(),
        sha256=info.sha256,
        by=SOFTWARE,
    )
    assert (version.number, version.kind, version.parent) == (2, VersionKind.MASKED, parent)
    assert version.sha256 == info.sha256
    assert labels_of(version) == {"day": "Day", "boardings": "Boardings"}
    assert latest_deliverable_version(dataset) == version
    assert latest_source_version(dataset) == parent
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.APPROVED
    entry = Entry.objects.get(kind="catalog.masked_version_added")
    assert set(entry.about) >= {f"dataset:{dataset.pk}", f"version:{parent.pk}"}


def test_masked_data_comes_from_the_software_and_is_what_was_measured(
    world: World, masked_file: Path
) -> None:
    parent = source_version(approved_dataset(world))
    columns = (ColumnInfo("day", "text"), ColumnInfo("boardings", "integer"))
    digest = describe(masked_file).sha256
    counted = Entry.objects.count(), DatasetVersion.objects.count()
    with pytest.raises(NotAllowed):
        add_masked_version(
            parent.pk,
            path=masked_file,
            rows=4,
            columns=columns,
            unaltered=(),
            sha256=digest,
            by=world.actor("officer"),
        )
    with pytest.raises(WrongState) as refusal:
        add_masked_version(
            parent.pk,
            path=masked_file,
            rows=4,
            columns=columns,
            unaltered=(),
            sha256="0" * 64,
            by=SOFTWARE,
        )
    assert refusal.value.code == "digest-mismatch"
    assert (Entry.objects.count(), DatasetVersion.objects.count()) == counted


def test_a_masked_version_is_not_masked_again(world: World, masked_file: Path) -> None:
    parent = source_version(approved_dataset(world))
    info = describe(masked_file)

    def mask(version: DatasetVersion) -> DatasetVersion:
        return add_masked_version(
            version.pk,
            path=masked_file,
            rows=info.rows,
            columns=info.columns,
            unaltered=(),
            sha256=info.sha256,
            by=SOFTWARE,
        )

    masked = mask(parent)
    with pytest.raises(WrongState):
        mask(masked)


def test_who_sees_a_version(world: World) -> None:
    version = uploaded_version(world, draft_dataset(world))
    for person in ("officer", "finance", "reviewer", "auditor"):
        assert version in versions_visible_to(world.actor(person)), person
    for person in ("stranger", "buyer", "treasurer"):
        assert version not in versions_visible_to(world.actor(person)), person


@pytest.mark.postgres
def test_of_six_equal_uploads_at_once_one_becomes_a_version(committed_database: None) -> None:
    world = World()
    dataset = draft_dataset(world)
    officer = world.actor("officer")

    def send(number: int) -> DatasetVersion:
        return uploaded_version(world, dataset, by="officer" if number else "colleague")

    uploaded_version(world, draft_dataset(world))  # Reads the table once, before the race.
    answers = at_once(6, send)
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    assert len({answer.pk for answer in answers if isinstance(answer, DatasetVersion)}) == 1
    assert versions_visible_to(officer).filter(dataset=dataset).count() == 1
