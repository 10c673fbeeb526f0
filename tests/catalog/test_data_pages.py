"""The pages that take data and explain its columns."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.intake.selectors import waiting_for
from marketplace.catalog.version.forms import COLUMNS_A_PAGE
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.ledger.models import Entry
from tests.catalog.doors import LABELS, editor
from tests.catalog.intake_doors import FORM, NAMED
from tests.conftest import PageClients
from tests.given.catalog import (
    TRIPS,
    approved_dataset,
    draft_dataset,
    uploaded_version,
)
from tests.given.world import World

WIDE = ",".join(f"c{number}" for number in range(COLUMNS_A_PAGE + 5))
WIDE_TABLE = f"{WIDE}\n" + ",".join("1" for _ in WIDE.split(",")) + "\n"


def text_of(answer: Any) -> str:
    """Return a page as its reader sees it, more or less."""
    return unescape(answer.content.decode())


def send_table(client: Any, dataset: Dataset, content: bytes, name: str = "trips.csv") -> Any:
    """Upload through the page."""
    return client.post(
        reverse("dataset_upload", args=[dataset.pk]),
        {"upload": SimpleUploadedFile(name, content)},
    )


def test_an_upload_leads_to_the_columns(world: World, page_of: PageClients) -> None:
    dataset, client = draft_dataset(world), page_of("officer")
    answer = send_table(client, dataset, TRIPS.encode())
    came = waiting_for(dataset)
    assert came is not None
    assert answer["Location"] == reverse("intake_detail", args=[came.pk])
    assert latest_source_version(dataset) is None
    answer = client.post(answer["Location"], FORM | NAMED | {"take": "1"})
    assert answer["Location"] == reverse("dataset_annotate", args=[dataset.pk])
    shown = text_of(client.get(answer["Location"]))
    assert "version 1: 4 rows, 4 columns" in shown
    assert "delay_minutes" in shown


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "The file is empty."),
        (b"PK\x03\x04", "trips.csv", "a ZIP archive or an Excel workbook"),
        (b"PAR1" + b"\0" * 100, "trips.parquet", "damaged or incomplete"),
    ],
)
def test_a_file_that_is_no_table_is_told_on_the_form(
    world: World, page_of: PageClients, content: bytes, name: str, words: str
) -> None:
    dataset = draft_dataset(world)
    entries = Entry.objects.count()
    answer = send_table(page_of("officer"), dataset, content, name)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Entry.objects.count() == entries


def test_a_file_that_is_too_large_is_told_on_the_form(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    with override_settings(CENTRE={**settings.CENTRE, "UPLOAD_MAX_BYTES": 100_000}):
        answer = send_table(page_of("officer"), dataset, b"a,b\n" + b"1,2\n" * 50_000)
    assert answer.status_code == 422
    assert "195.3" in text_of(answer)
    assert "at most 97.7" in text_of(answer)
    assert latest_source_version(dataset) is None


def test_a_form_without_a_file_is_told_so(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    answer = page_of("officer").post(reverse("dataset_upload", args=[dataset.pk]))
    assert answer.status_code == 422
    assert "upload" in answer.context["form"].errors


def test_new_data_for_an_approved_dataset_is_warned_of(world: World, page_of: PageClients) -> None:
    dataset = approved_dataset(world)
    address = reverse("dataset_upload", args=[dataset.pk])
    assert "needs content review anew" in text_of(page_of("officer").get(address))


def test_without_data_there_is_nothing_to_annotate(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    answer = page_of("officer").get(reverse("dataset_annotate", args=[dataset.pk]))
    assert answer["Location"] == reverse("dataset_upload", args=[dataset.pk])


def test_mistakes_of_columns_stand_at_their_rows(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    version = uploaded_version(world, dataset)
    sent = editor({"pk": dataset.pk})
    sent.data["form-1-code_list"] = "no code"
    answer = page_of("officer").post(sent.path, sent.data)
    assert answer.status_code == 422
    first, second, *_rest = answer.context["formset"].forms
    assert first.errors == {}
    assert "Line 1 of the code list" in second.non_field_errors()[0]
    assert not columns_of(version).exclude(label="").exists()


@pytest.mark.parametrize("change", [{"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "5000"}])
def test_a_tampered_editor_is_refused(
    world: World, page_of: PageClients, change: dict[str, str]
) -> None:
    dataset = draft_dataset(world)
    uploaded_version(world, dataset)
    sent = editor({"pk": dataset.pk})
    answer = page_of("officer").post(sent.path, {**sent.data, **change})
    assert answer.status_code == 422


def test_many_columns_are_explained_page_by_page(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    version = uploaded_version(world, dataset, table=WIDE_TABLE)
    client, address = page_of("officer"), reverse("dataset_annotate", args=[dataset.pk])
    second = text_of(client.get(address, {"page": 2}))
    assert f"c{COLUMNS_A_PAGE}" in second
    assert "c0<" not in second
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": "c0"}
    answer = client.post(address, {**data, "form-0-label": "First"})
    assert answer["Location"] == f"{address}?page=2"
    data["form-0-name"] = f"c{COLUMNS_A_PAGE}"
    answer = client.post(f"{address}?page=2", {**data, "form-0-label": "Later"})
    assert answer["Location"] == reverse("dataset_detail", args=[dataset.pk])
    labels = dict(columns_of(version).exclude(label="").values_list("name", "label"))
    assert labels == {"c0": "First", f"c{COLUMNS_A_PAGE}": "Later"}


def test_the_editor_row_names_its_column_to_screen_readers(
    world: World, page_of: PageClients
) -> None:
    dataset = draft_dataset(world)
    uploaded_version(world, dataset)
    shown = text_of(page_of("officer").get(reverse("dataset_annotate", args=[dataset.pk])))
    for name in LABELS:
        assert f'aria-label="Label: {name}"' in shown
