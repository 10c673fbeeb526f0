"""Broken and hostile files through the page: a sentence or a version, never a crash.

The page answers by what the library found, and the library's own tests give it every file. Here
are a file of each refusal, and all whose names or cells are odd to show; each run draws some.
"""

from __future__ import annotations

import base64
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.catalog.intake.selectors import waiting_for
from marketplace.catalog.intake.services import take_file
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.vault.places import work_root
from tests.conftest import PageClients
from tests.desensitize.test_hostile_files import REFUSED
from tests.given.catalog import draft_dataset
from tests.given.hostile_files import hostile_file, hostile_files
from tests.given.world import World

VECTORS = Path(__file__).parent.parent / "desensitize" / "vectors" / "hostile_files.json.xz"
FILES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in json.loads(lzma.decompress(VECTORS.read_bytes()))["files"]
}
READ = {
    "csv-enc-utf8bom",
    "csv-enc-gb18030",
    "csv-enc-utf16le-nobom",
    "csv-bidi",
    "csv-huge-ints",
    "xlsx-dimension-lie",
    "xlsx-external-link",
}
# A changed byte may or may not hit what is read; either answer is right, a crash is not.
EITHER = {name for name in FILES if name.startswith("parquet-flip-")}

NOTHING_LEFT = {"xlsx-dimension-lie", "xlsx-external-link"}
"""Read by programs as a row; by a page nothing is left of it, since all its cells are empty."""

MENDED = {
    "csv-dup-header",
    "twice",
    "twice-by-width",
    "twice-by-blanks",
    "twice-by-accents",
    "hidden-name",
    "turned-name",
    "endless-name",
}
"""What is refused as it stands, and can be taken with the names that are proposed."""

FURTHER_REFUSED = {code: name for name, (_name, _content, code) in hostile_files().items() if code}
FURTHER_ODD = {
    "bell-in-a-cell",
    "climbing-name",
    "commanding-book",
    "commands",
    "endless-name",
    "hidden-name",
    "linked-book",
    "macro-book",
    "name-with-script",
    "named-by-a-turn",
    "packed-text",
    "parquet-money",
    "turned-name",
    "windows-name",
}
REFUSED_HERE = {
    code: name for name, (code, _said) in REFUSED.items() if code not in FURTHER_REFUSED
}


@pytest.mark.drawn(5)
@pytest.mark.parametrize("name", sorted({*READ, *REFUSED_HERE.values(), *sorted(EITHER)[:2]}))
def test_a_hostile_file_is_answered(name: str, world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    content = base64.b64decode(FILES[name]["content_base64"])
    answer = page_of("officer").post(
        reverse("dataset_upload", args=[dataset.pk]),
        {"upload": SimpleUploadedFile(FILES[name]["filename"], content)},
    )
    came = waiting_for(dataset)
    assert answer.status_code == (302 if came else 422)
    if name not in EITHER and name in READ - NOTHING_LEFT:
        assert came is not None
        take_file(came.pk, by=world.actor("officer"))
        assert latest_source_version(dataset) is not None
    elif came is not None:
        shown = page_of("officer").get(reverse("intake_detail", args=[came.pk]))
        assert shown.status_code == 200
        assert shown.context["refusal"] or name in {*EITHER, *MENDED}
    else:
        (sentence,) = answer.context["form"].errors["upload"]
        assert len(sentence.split()) > 4
        assert "Traceback" not in sentence
    assert not [path for path in work_root().iterdir() if path.is_dir()]


@pytest.mark.drawn(7)
@pytest.mark.parametrize("name", sorted({*FURTHER_REFUSED.values(), *FURTHER_ODD}))
def test_a_further_hostile_file_is_answered(name: str, world: World, page_of: PageClients) -> None:
    filename, content, code = hostile_file(name)
    dataset = draft_dataset(world)
    answer = page_of("officer").post(
        reverse("dataset_upload", args=[dataset.pk]),
        {"upload": SimpleUploadedFile(filename, content)},
    )
    came = waiting_for(dataset)
    assert answer.status_code == (302 if came else 422)
    if came is not None:
        shown = page_of("officer").get(reverse("intake_detail", args=[came.pk]))
        assert shown.status_code == 200
        assert not code or shown.context["refusal"] or name in MENDED
    else:
        assert code
        [sentence] = answer.context["form"].errors["upload"]
        assert len(sentence.split()) > 4
    assert not [path for path in work_root().iterdir() if path.is_dir()]
