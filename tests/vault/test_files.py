"""Files are kept encrypted, read, and removed for good."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase, override_settings

from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import vault_folder
from marketplace.vault.selectors import files_visible_to
from marketplace.vault.services import (
    open_stored,
    plain_name,
    remove_stored,
    store_path,
    store_stream,
)
from tests.given.world import World

SECRET = b"Li Si, 13800138000, 6222020000000000000\n"
CONTENT = SECRET * 4000


def stored(world: World, *, content: bytes = CONTENT, by: str = "officer") -> StoredFile:
    """Return a stored file of the officer's organization."""
    return store_stream(
        [content[:1000], content[1000:]],
        name="people.csv",
        purpose=Purpose.EVIDENCE,
        organization_id=world.organization("officer").pk,
        content_type="text/csv",
        by=world.actor(by),
    )


def place_of(file: StoredFile) -> Path:
    """Return where the bytes lie."""
    return vault_folder() / file.path


def test_keeps_and_reads_a_file(world: World) -> None:
    file = stored(world)
    assert (file.size, file.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    with open_stored(file) as opened:
        opened.seek(len(SECRET) * 100)
        assert opened.read(len(SECRET)) == SECRET


def test_no_plaintext_lies_under_the_data_folder(world: World, tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(CONTENT)
    store_path(
        plain,
        name="people.csv",
        purpose=Purpose.SOURCE,
        organization_id=world.organization("officer").pk,
        content_type="text/csv",
        by=world.actor("officer"),
    )
    stored(world)
    for path in Path(settings.VAR_DIR).rglob("*"):
        if path.is_file():
            assert SECRET not in path.read_bytes(), path


def test_records_the_file_by_its_digest_alone(world: World) -> None:
    file = stored(world)
    entry = Entry.objects.get(subject=f"file:{file.pk}")
    assert entry.kind == "vault.file_stored"
    assert entry.payload == {"purpose": "evidence", "sha256": file.sha256}


def test_another_organization_cannot_store_for_this_one(world: World) -> None:
    before = StoredFile.objects.count(), Entry.objects.count()
    with pytest.raises(NotAllowed):
        stored(world, by="stranger")
    assert (StoredFile.objects.count(), Entry.objects.count()) == before


def test_the_software_stores_for_everybody(world: World) -> None:
    file = store_stream(
        [b"result"],
        name="masked.parquet",
        purpose=Purpose.MASKED,
        organization_id=world.organization("officer").pk,
        content_type="application/vnd.apache.parquet",
        by=Actor.system(Door.TASK),
    )
    assert open_stored(file).read() == b"result"


def test_who_sees_the_register(world: World) -> None:
    file = stored(world)
    for person in ("officer", "colleague", "reviewer", "auditor"):
        assert file in files_visible_to(world.actor(person)), person
    for person in ("stranger", "buyer"):
        assert file not in files_visible_to(world.actor(person)), person


def test_a_removed_file_cannot_be_read_even_from_a_backup(world: World) -> None:
    file = stored(world)
    backup = place_of(file).read_bytes()
    with TestCase.captureOnCommitCallbacks(execute=True):
        removed = remove_stored(file.pk, by=world.actor("officer"))
    assert not place_of(file).exists()
    place_of(file).write_bytes(backup)
    with pytest.raises(WrongState) as refusal:
        open_stored(removed)
    assert refusal.value.code == "file-removed"
    assert bytes(StoredFile.objects.get(pk=file.pk).wrapped_key) == b""


def test_removing_again_changes_nothing(world: World) -> None:
    file = stored(world)
    first = remove_stored(file.pk, by=world.actor("officer"))
    entries = Entry.objects.count()
    assert remove_stored(file.pk, by=world.actor("officer")).removed_at == first.removed_at
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(("person", "refusal"), [("stranger", NotFound), ("finance", NotAllowed)])
def test_who_may_not_remove_is_refused(world: World, person: str, refusal: type[Exception]) -> None:
    file = stored(world)
    entries = Entry.objects.count()
    with pytest.raises(refusal):
        remove_stored(file.pk, by=world.actor(person))
    assert Entry.objects.count() == entries
    assert open_stored(file).read(3) == CONTENT[:3]


def test_a_missing_or_shorter_file_is_told_as_damaged(world: World) -> None:
    file = stored(world)
    other = stored(world, content=b"short")
    place_of(file).write_bytes(place_of(other).read_bytes())
    with pytest.raises(WrongState) as refusal:
        open_stored(file)
    assert refusal.value.code == "file-damaged"
    place_of(file).unlink()
    with pytest.raises(WrongState):
        open_stored(file)


def test_the_key_of_one_file_does_not_open_another(world: World) -> None:
    first, second = stored(world), stored(world)
    first.wrapped_key = second.wrapped_key
    with pytest.raises(Exception, match="does not open"):
        open_stored(first)


@override_settings(KEY_ENCRYPTION_KEY="A" * 43 + "=")
def test_another_key_encryption_key_says_what_is_wrong(world: World) -> None:
    with override_settings(KEY_ENCRYPTION_KEY="B" * 42 + "A="):
        file = stored(world)
    with pytest.raises(Exception, match="KEY_ENCRYPTION_KEY is not the one"):
        open_stored(file)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("trips.csv", "trips.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\trips.csv", "trips.csv"),
        ("tri\x00ps\n\u202e.csv", "trips.csv"),
        ("", "file"),
        ("a/", "file"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_names_are_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(("name", "most"), [("FILES", 2), ("BYTES", 200)])
def test_an_organization_keeps_so_much_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    """By number and by bytes; what is removed makes room, and nobody else is counted."""
    monkeypatch.setitem(settings.CENTRE, f"ORGANIZATION_MAX_{name}", most)
    first = kept(world, b"x")
    kept(world, b"y")
    before = StoredFile.objects.count()
    with pytest.raises(Invalid) as refused:
        kept(world, b"z")
    assert refused.value.code == "storage-full"
    assert StoredFile.objects.count() == before
    kept(world, b"z", by="buyer")
    remove_stored(first.pk, by=world.actor("officer"))
    kept(world, b"z")


def kept(world: World, byte: bytes, *, by: str = "officer") -> StoredFile:
    """Keep 90 bytes for the organization of a person."""
    return store_stream(
        [byte * 90],
        name="paper.txt",
        purpose=Purpose.EVIDENCE,
        organization_id=world.organization(by).pk,
        content_type="text/plain",
        by=world.actor(by),
    )
