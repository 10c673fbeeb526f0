"""Programs of others read the bytes that leave by our doors, and their files come in by them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from django.urls import reverse

from marketplace.annotation.batch.models import Task
from marketplace.annotation.formats.tc609 import faults
from tests.annotation.exchanged import labelled_elsewhere
from tests.annotation.formats.test_formats import BROKEN
from tests.annotation.judges.test_judges import CROISSANT, DINGO, LABEL_STUDIO, Judge
from tests.conftest import ApiClients
from tests.given import annotation as given
from tests.given.world import World

EXPORT = """
import sys
from pathlib import Path
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
import json

folder = Path(sys.argv[1])
config = (folder / "config.xml").read_text(encoding="utf-8")
interface = LabelInterface(config)
interface.validate()
for task in json.loads((folder / "labelled.json").read_text(encoding="utf-8")):
    assert interface.validate_task({"data": task["data"]}), task
    for one in task["annotations"]:
        assert interface.validate_annotation(one), one
Converter(config, str(folder), upload_dir=str(folder)).convert_to_json(
    str(folder / "labelled.json"), str(folder / "exported"), is_dir=False
)
"""


def saved(api_of: ApiClients, person: str, door: str, pk: object) -> bytes:
    """Return the bytes of a file by its door."""
    answer = api_of(person).get(reverse(door, args=[pk]))
    assert answer.status_code == 200
    return bytes(answer.content)


def unpacked(content: bytes, folder: Path) -> Path:
    """Unpack a file that was saved."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def test_label_studio_reads_a_set_and_brings_a_batch_back(
    world: World, api_of: ApiClients, judge: Judge, tmp_path: Path
) -> None:
    """The set by the owner's door; the batch by its annotator's, out and in."""
    made = given.made(world)
    content = saved(api_of, "officer", "api_save_labels_for_label_studio", made.pk)
    unpacked(content, tmp_path / "sets" / "set")
    found = json.loads(judge("label-studio", LABEL_STUDIO, tmp_path / "sets"))
    assert found == {"set": [one["code"] for one in given.CLASSES]}


def test_what_label_studio_exports_comes_in(
    world: World, api_of: ApiClients, judge: Judge, tmp_path: Path
) -> None:
    """Each label is the annotator's own, as if it had been given here."""
    batch = given.taken(world)
    folder = unpacked(saved(api_of, "annotator", "api_save_batch_items", batch.pk), tmp_path)
    tasks = json.loads((folder / "tasks.json").read_bytes())
    (folder / "labelled.json").write_text(json.dumps(labelled_elsewhere(tasks)), encoding="utf-8")
    judge("label-studio", EXPORT, folder)
    (exported,) = (folder / "exported").glob("*.json")
    sent = {"tasks": json.loads(exported.read_bytes())}
    taken = api_of("annotator").post(reverse("api_take_labels_in", args=[batch.pk]), sent)
    assert taken.status_code == 200, taken.content
    answers = Task.objects.filter(batch=batch).values_list("answer", flat=True)
    assert [one["classes"] for one in answers if one] == [["low"]] * 5
    handed = api_of("annotator").post(reverse("api_hand_in_batch", args=[batch.pk]))
    assert handed.status_code == 200


def test_mlcroissant_loads_what_leaves(
    world: World, api_of: ApiClients, judge: Judge, tmp_path: Path
) -> None:
    """It validates without an issue, and its records are the items of the set."""
    made = given.made(world)
    unpacked(saved(api_of, "officer", "api_save_labels_as_croissant", made.pk), tmp_path)
    found = json.loads(judge("croissant", CROISSANT, tmp_path))
    assert found["issues"] == []
    assert len(found["rows"]) == made.items
    assert {row["label"] for row in found["rows"]} == {"low", "high"}
    assert any(name.startswith("rai:") for name in found["told"])


def test_dingo_passes_what_leaves_and_refuses_it_broken(
    world: World, api_of: ApiClients, judge: Judge, tmp_path: Path
) -> None:
    """By rules 0203 and 0204; whatever they refuse, we refuse."""
    made = given.made(world)
    content = saved(api_of, "officer", "api_save_labels_as_records", made.pk)
    good = [json.loads(line) for line in content.decode().splitlines()]
    broken = [changed(good[0], change) for change, _reason in BROKEN]
    (tmp_path / "records.json").write_text(json.dumps([*good, *broken]), encoding="utf-8")
    found = [any(one) for one in json.loads(judge("dingo", DINGO, tmp_path))]
    assert not any(found[: len(good)])
    refused = [one for one, is_bad in zip(broken, found[len(good) :], strict=True) if is_bad]
    assert len(refused) >= 7
    assert all(faults(one) for one in refused)


def changed(record: dict[str, Any], change: Any) -> dict[str, Any]:
    """Return a record broken in one way."""
    found: dict[str, Any] = json.loads(json.dumps(record))
    change(found)
    return found
