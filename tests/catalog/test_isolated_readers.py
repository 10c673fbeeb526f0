"""Where isolation is required and cannot be had, no stranger's file is read, and everybody is told.

That a way cannot be gone is played for real in `tests/desensitize/test_confinement.py`; here what
was found then is put in the place of what was found on this machine.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from desensitize.confinement import measuring
from desensitize.confinement.ways import CONFINEMENTS, LIMITS_ALONE, Confinement, Way
from marketplace.catalog.intake.selectors import waiting_for
from marketplace.catalog.version.readers import SENTENCES
from marketplace.catalog.version.reading import clean_table
from marketplace.core.errors import Invalid
from marketplace.delivery.grant.tracing import trace
from marketplace.ledger.models import Entry
from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.places import work_root
from tests.conftest import ApiClients, PageClients
from tests.given.catalog import draft_dataset
from tests.given.world import World

ISOLATED = CONFINEMENTS[0]


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    """Return each language in which a page is read."""
    return str(request.param)


def require(monkeypatch: pytest.MonkeyPatch, found: Confinement) -> None:
    """Require isolation on a machine that allows this much."""
    monkeypatch.setitem(settings.CENTRE, "ISOLATED_READERS", True)
    monkeypatch.setattr(measuring, "_found", found)


def working() -> set[str]:
    """Return what lies where files are worked on, but for the lock of the folder."""
    return {path.name for path in work_root().glob("*")} - {".gate"}


def sent(client: Client, world: World) -> tuple[int, str, bool]:
    """Upload a plain table; return status, page, and whether it came in."""
    dataset = draft_dataset(world)
    file = SimpleUploadedFile("t.csv", b"a\n1\n")
    answer = client.post(reverse("dataset_upload", args=[dataset.pk]), {"upload": file})
    return answer.status_code, answer.content.decode(), waiting_for(dataset) is not None


@pytest.mark.parametrize("found", [one for one in CONFINEMENTS if not one.is_isolated])
def test_file_is_refused_where_isolation_is_required(
    found: Confinement, world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sentence, before its bytes are parsed; nothing is kept or recorded."""
    require(monkeypatch, found)
    before, files = Entry.objects.count(), working()
    status, page, is_kept = sent(page_of("officer"), world)
    assert (status, is_kept) == (422, False)
    assert "cannot close off the process that reads a stranger&#x27;s file" in page
    # The dataset itself is on record.
    assert Entry.objects.count() == before + 1
    assert working() == files


def test_file_is_read_where_it_is_to_be_had_or_not_required(
    world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits alone are enough where nobody asked for more."""
    monkeypatch.setattr(measuring, "_found", LIMITS_ALONE)
    assert sent(page_of("officer"), world)[::2] == (302, True)
    monkeypatch.setattr(measuring, "_found", None)
    if not measuring.measured().is_isolated:
        pytest.skip("This machine isolates nothing.")
    monkeypatch.setitem(settings.CENTRE, "ISOLATED_READERS", True)
    assert sent(page_of("officer"), world)[::2] == (302, True)


@pytest.mark.parametrize("found", [one for one in CONFINEMENTS if not one.is_isolated])
def test_a_table_is_read_for_nobody_where_isolation_is_required(
    found: Confinement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever door it comes by, such as a push, at which nobody looks at a file first."""
    require(monkeypatch, found)
    incoming = encrypt_stream([b"a\n1\n"])
    try:
        with pytest.raises(Invalid) as refusal:
            clean_table(incoming, name="t.csv", folder=tmp_path)
    finally:
        incoming.discard()
    assert refusal.value.code == "reader-not-isolated"
    assert list(tmp_path.glob("*.parquet")) == []


def test_leaked_file_is_a_strangers_too(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator's own process parses nothing of it."""
    leaked = tmp_path / "leaked.dat"
    leaked.write_text("a\n1\n")
    assert trace(leaked) == []
    require(monkeypatch, LIMITS_ALONE)
    with pytest.raises(Invalid) as refusal:
        trace(leaked)
    assert refusal.value.code == "reader-not-isolated"


@pytest.mark.parametrize("found", CONFINEMENTS, ids=lambda one: f"{one.way}-{one.has_closed_files}")
def test_staff_read_which_way_is_in_force(
    found: Confinement,
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    """On the page and by the API, in a sentence of its own; red where nothing is read."""
    require(monkeypatch, found)
    page = page_of("administrator").get(reverse("pipeline"), headers={"Accept-Language": language})
    told = api_of("auditor").get(reverse("api_get_pipeline")).json()["readers"]
    assert told["way"] == found.way
    assert (told["has_closed_files"], told["is_isolated"]) == (
        found.has_closed_files,
        found.is_isolated,
    )
    assert told["found"].startswith(str(SENTENCES[found]))
    assert ("no stranger's file is read" in told["found"]) == (not found.is_isolated)
    tone = "good" if found.is_isolated else "bad"
    text = page.content.decode()
    assert f"note-{tone}" in text
    with translation.override(language):
        sentence = str(SENTENCES[found])
    assert escape(sentence) in text
    assert sentence.isascii() == (language == "en")
    monkeypatch.setitem(settings.CENTRE, "ISOLATED_READERS", False)
    text = page_of("administrator").get(reverse("pipeline")).content.decode()
    assert ("note-good" if found.is_isolated else "note-warning") in text


def test_watchdog_and_check_tell(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watchdog hears whether files are read; the operator which way is in force."""

    def deployed() -> list[str]:
        return [one.id or "" for one in run_checks(include_deployment_checks=True)]

    def told() -> bool:
        return bool(client.get("/health/").json()["checks"]["readers"])

    monkeypatch.setattr(measuring, "_found", LIMITS_ALONE)
    assert told()
    assert "catalog.W001" in deployed()
    require(monkeypatch, LIMITS_ALONE)
    assert not told()
    assert "catalog.E001" in deployed()
    said = StringIO()
    with pytest.raises(CommandError, match="readers"):
        call_command("health", stdout=said)
    assert "readers: The process that reads a stranger's file has limits" in said.getvalue()
    require(monkeypatch, ISOLATED)
    assert told()
    assert not {"catalog.W001", "catalog.E001"} & set(deployed())


def test_every_way_has_its_sentence() -> None:
    """No two the same."""
    assert set(SENTENCES) == set(CONFINEMENTS)
    assert len({str(sentence) for sentence in SENTENCES.values()}) == len(CONFINEMENTS)
    assert {one.way for one in CONFINEMENTS} == set(Way)
