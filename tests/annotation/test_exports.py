"""A labelled set is taken out in the formats of others, by its owner's officer, on record."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.batch.models import Annotator
from marketplace.annotation.formats import Item
from marketplace.annotation.formats.label_studio import read_tasks
from marketplace.annotation.formats.splits import SplitBy, prove
from marketplace.annotation.formats.tables import read_parquet
from marketplace.annotation.formats.tc609 import check_records
from marketplace.annotation.labelled_set.exporting import told_of
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.services import take_out_labels
from marketplace.annotation.project.models import Item as Row
from marketplace.annotation.project.reading import cells_of, whole_text
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate
from tests.conftest import ApiClients, PageClients
from tests.given import annotation as given
from tests.given.world import World


def taken_out(world: World, made: LabelledSet, form: str, **asked: Any) -> bytes:
    """Return the bytes of a format."""
    return take_out_labels(made.pk, form=form, **asked, by=world.actor("officer")).content


def parts_of(tmp_path: Path, content: bytes) -> tuple[Item, ...]:
    """Read a Parquet file of a set."""
    (tmp_path / "items.parquet").write_bytes(content)
    return read_parquet(tmp_path / "items.parquet")


def test_label_studio_is_told_who_said_what_and_what_counts(world: World) -> None:
    """Under pseudonyms, with the text as annotators read it; the same set gives the same bytes."""
    made = given.made(world)
    packed = taken_out(world, made, "label_studio")
    assert packed == taken_out(world, made, "label_studio")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        tasks = json.loads(archive.read("tasks.json"))
        assert b'value="High income" alias="high"' in archive.read("config.xml")
    items = read_tasks(tasks, told_of(made).scheme)
    assert len(items) == made.items == 12
    gold, labelled = items[:8], items[8:]
    assert [one.accepted.classes for one in gold if one.accepted] == [("high",)] * 8
    assert not any(one.labels for one in gold), "The officer said what they are."
    assert [one.accepted.classes for one in labelled if one.accepted] == [
        *(("high",), ("low",), ("low",), ("low",))
    ]
    assert [one.annotator for one in labelled[0].labels] == ["A001", "A002"]
    assert {one.value.classes for one in labelled[0].labels} == {("high",), ("low",)}
    assert labelled[0].text == whole_text(cells_of(made.project, 9)).text
    people = {str(one.person_id) for one in Annotator.objects.all()}
    assert not any(person in json.dumps(tasks) for person in people)


def test_records_of_a_set_keep_the_format(world: World) -> None:
    """Each is one that our own check, and so `dingo`, passes; license and source are told."""
    made = given.made(world)
    lines = taken_out(world, made, "tc609").decode().splitlines()
    records = [json.loads(line) for line in lines]
    assert check_records(records) == 12
    held = Certificate.objects.get(dataset=made.project.version.dataset)
    assert {one["license"] for one in records} == {
        f"© {made.project.organization.name} · {held.number}"
    }
    assert {one["source"] for one in records} == {made.project.version.dataset.title}
    assert records[0]["annotation"]["label"][0]["annotators"] == []
    assert records[8]["annotation"]["label"][0]["annotators"] == ["A001", "A002"]


def test_croissant_describes_the_file_beside_it(world: World, tmp_path: Path) -> None:
    """By its digest, with how far annotators agreed."""
    made = given.made(world)
    with zipfile.ZipFile(io.BytesIO(taken_out(world, made, "croissant"))) as archive:
        told = json.loads(archive.read("croissant.json"))
        items = archive.read("items.parquet")
    assert told["distribution"][0]["sha256"] == hashlib.sha256(items).hexdigest()
    assert told["rai:dataAnnotationAnalysis"].startswith("Krippendorff's α")
    assert told["rai:annotatorDemographics"].startswith("2 annotators under pseudonyms")
    assert told["rai:annotationsPerItem"] == "2.00", "Of those that annotators labelled."
    assert len(parts_of(tmp_path, items)) == 12


def test_a_split_keeps_its_parts_apart_or_is_refused(world: World, tmp_path: Path) -> None:
    """By class, and by a column that annotators were shown."""
    made = given.made(world)
    by_group = taken_out(world, made, "parquet", split_by="group", column="city")
    items = parts_of(tmp_path, by_group)
    prove(items, by=SplitBy.GROUP)
    assert {one.group for one in items} == {
        cell.text
        for one in items
        for cell in cells_of(made.project, _row(one))
        if cell.column == "city"
    }
    for asked, code in (
        ({"split_by": "time", "column": "city"}, "no-key"),
        ({"split_by": "group"}, "invalid"),
        ({"split_by": "group", "column": "mobile"}, "invalid"),
        ({"split_by": "luck"}, "invalid"),
    ):
        with pytest.raises(Invalid) as refused:
            taken_out(world, made, "parquet", **asked)
        assert refused.value.code == code


def _row(item: Item) -> int:
    return Row.objects.get(pk=item.item_id).row


def test_nobody_else_takes_labels_out_and_no_frozen_ones(world: World) -> None:
    """Not the staff of the centre, not an annotator; nothing once the right is frozen."""
    made = given.made(world)
    with pytest.raises(NotAllowed):
        take_out_labels(made.pk, form="tc609", by=world.actor("reviewer"))
    held = Certificate.objects.get(dataset=made.project.version.dataset)
    freeze_certificate(held.pk, reason="A court asked for it.", by=world.actor("reviewer"))
    with pytest.raises(WrongState) as refused:
        taken_out(world, made, "tc609")
    assert refused.value.code == "right-frozen"


def test_each_door_gives_the_same_bytes_and_each_time_is_on_record(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The digest of what was taken stands in the ledger; what is asked wrongly is told."""
    made = given.made(world)
    page = reverse("labelled_set_file", args=[made.pk])
    by_page = page_of("officer").get(page, {"form": "parquet"})
    by_api = api_of("officer").get(reverse("api_save_labels_as_parquet", args=[made.pk]))
    assert by_page.content == by_api.content
    entries = Entry.objects.filter(kind="annotation.labels_taken_out")
    digest = hashlib.sha256(by_page.content).hexdigest()
    assert [one.payload["sha256"] for one in entries] == [digest, digest]
    wrong = page_of("officer").get(page, {"form": "parquet", "split_by": "group"})
    assert wrong.status_code == 422
    refused = api_of("officer").get(
        reverse("api_save_labels_as_parquet", args=[made.pk]), {"split_by": "luck"}
    )
    assert refused.status_code == 422
