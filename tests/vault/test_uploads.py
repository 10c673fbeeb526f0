"""Uploads are encrypted on their way in, and limited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from marketplace.core.errors import Invalid, NotAllowed
from marketplace.vault.models import Purpose
from marketplace.vault.places import incoming_folder, vault_folder
from marketplace.vault.services import open_stored
from marketplace.vault.uploads import (
    EncryptedUpload,
    EncryptingUploadHandler,
    keep_upload,
    upload_of_path,
)
from tests.given.vault import upload
from tests.given.world import World

CONTENT = b"name,phone\nLi Si,13800138000\n" * 20_000


@contextmanager
def received(content: bytes, *, signed_in: bool = True, name: str = "a.csv") -> Iterator[Any]:
    """Send a file through Django's own parsing; answer what the view would get."""
    request: HttpRequest = RequestFactory().post("/", {"file": SimpleUploadedFile(name, content)})
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]
    found = request.FILES["file"]
    assert isinstance(found, EncryptedUpload)
    try:
        yield found
    finally:
        request.close()


def plaintext_on_the_disk(needle: bytes) -> list[Path]:
    """Find files under the data folder that hold the bytes."""
    return [
        path
        for path in Path(settings.VAR_DIR).rglob("*")
        if path.is_file() and needle in path.read_bytes()
    ]


def test_the_view_reads_what_was_sent_and_the_disk_holds_none_of_it() -> None:
    with received(CONTENT) as sent:
        assert sent.size == len(CONTENT)
        assert b"".join(sent.chunks()) == CONTENT
        assert sent.received().sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert plaintext_on_the_disk(b"Li Si,13800138000") == []


def test_what_is_not_kept_is_gone_when_the_request_ends() -> None:
    with received(CONTENT) as sent:
        path = sent.received().path
        assert path.exists()
    assert not path.exists()


def test_a_kept_upload_moves_into_the_vault(world: World) -> None:
    with received(CONTENT) as sent:
        file = keep_upload(
            sent,
            purpose=Purpose.EVIDENCE,
            organization_id=world.organization("officer").pk,
            by=world.actor("officer"),
        )
    assert (file.name, file.content_type) == ("a.csv", "text/plain")
    assert (vault_folder() / file.path).exists()
    assert open_stored(file).read() == CONTENT


def test_an_upload_is_kept_only_for_the_own_organization(world: World) -> None:
    sent = upload(CONTENT)
    with pytest.raises(NotAllowed):
        keep_upload(
            sent,
            purpose=Purpose.EVIDENCE,
            organization_id=world.organization("officer").pk,
            by=world.actor("stranger"),
        )
    assert sent.received().path.exists()


def test_a_file_beyond_the_limit_is_not_stored_and_told_in_a_sentence() -> None:
    before = set(incoming_folder().iterdir())
    with (
        override_settings(CENTRE={**settings.CENTRE, "UPLOAD_MAX_BYTES": 100_000}),
        received(CONTENT) as sent,
    ):
        assert set(incoming_folder().iterdir()) == before
        with pytest.raises(Invalid) as refusal:
            sent.received()
    assert refusal.value.code == "too-large"
    assert "566.4" in refusal.value.sentence
    assert "97.7" in refusal.value.sentence
    assert set(refusal.value.fields) == {"upload"}


def test_a_file_at_the_limit_is_taken() -> None:
    with (
        override_settings(CENTRE={**settings.CENTRE, "UPLOAD_MAX_BYTES": len(CONTENT)}),
        received(CONTENT) as sent,
    ):
        assert sent.received().size == len(CONTENT)


def test_visitors_may_send_little() -> None:
    with received(CONTENT[:1000], signed_in=False) as sent:
        assert sent.received().size == 1000
    most = settings.CENTRE["STRANGER_MAX_BYTES"]
    with received(b"x" * (most + 1), signed_in=False) as sent, pytest.raises(Invalid):
        sent.received()


def test_an_empty_file_arrives_as_one() -> None:
    with received(b"") as sent:
        assert sent.size == 0
        assert sent.read() == b""


def test_two_files_at_once_are_kept_apart() -> None:
    request = RequestFactory().post(
        "/",
        {"one": SimpleUploadedFile("1.csv", b"one"), "two": SimpleUploadedFile("2.csv", b"two")},
    )
    sent = {}
    for name in request.FILES:
        file = request.FILES[name]
        assert isinstance(file, EncryptedUpload)
        sent[name] = file.read()
    assert sent == {"one": b"one", "two": b"two"}
    request.close()


def test_a_sender_who_goes_away_leaves_nothing() -> None:
    before = set(incoming_folder().iterdir())
    handler = EncryptingUploadHandler(HttpRequest())
    handler.new_file("file", "a.csv", "text/csv", None)
    handler.receive_data_chunk(b"half of it", 0)
    assert set(incoming_folder().iterdir()) != before
    handler.upload_interrupted()
    assert set(incoming_folder().iterdir()) == before


def test_a_request_that_is_stopped_before_its_file_leaves_nothing() -> None:
    before = set(incoming_folder().iterdir())
    EncryptingUploadHandler(HttpRequest()).upload_interrupted()
    assert set(incoming_folder().iterdir()) == before


def test_a_file_of_this_machine_becomes_an_upload(tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_bytes(CONTENT)
    sent = upload_of_path(path)
    assert (sent.name, sent.size) == ("trips.csv", len(CONTENT))
    assert sent.read(4) == b"name"
    sent.close()
    with override_settings(CENTRE={**settings.CENTRE, "UPLOAD_MAX_BYTES": 10}):
        too_large = upload_of_path(path)
    with pytest.raises(Invalid):
        too_large.received()
    too_large.close()
