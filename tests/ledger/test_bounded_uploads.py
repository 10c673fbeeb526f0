"""The pages that check what strangers send: bounded before it is read and computed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from marketplace.core.errors import NotFound
from marketplace.credentials.data_integrity import from_base58btc
from marketplace.credentials.documents import Malformed, read_document
from marketplace.credentials.selectors import check_number
from marketplace.credentials.services import signed_status_list
from marketplace.ledger.verifier.verify import LARGEST_DOCUMENT
from marketplace.ledger.views import check_file, largest_body
from tests.given.world import World
from tests.ledger import signed_files as files
from tests.ledger.crafted import FORGED, certificate

BOUNDARY = "a-boundary"
PIECE = b"x" * 65_536


class Body(io.RawIOBase):
    """A body that is made while it is read, and counts what was read of it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest, self.count = pieces, b"", 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        found, self.rest = self.rest[:size], self.rest[size:]
        self.count += len(found)
        return found


def head(field: str, file: str = "") -> bytes:
    """Write the head of a part."""
    named = f'; filename="{file}"' if file else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode()


def posted(pieces: Iterator[bytes], length: int) -> tuple[Any, Body]:
    """Post a body to the page as a browser with the form's token does; answer what was read."""
    body = Body(pieces)
    request = RequestFactory().post(
        "/verify/file/", content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    token = get_token(request)
    environ = request.environ | {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
    sent = WSGIRequest(environ)
    sent.COOKIES[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
    sent.META["HTTP_X_CSRFTOKEN"] = token
    return check_file(sent), body


def many(field: str, count: int) -> Iterator[bytes]:
    """Send files of the largest size under one name."""
    for number in range(count):
        yield head(field, f"{number}.json")
        for _piece in range(LARGEST_DOCUMENT // len(PIECE)):
            yield PIECE
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("field", ["document", "another", "csrfmiddlewaretoken"])
def test_of_seventy_files_no_more_than_one_is_read(world: World, field: str) -> None:
    """A second of a name, or one of another name, ends the reading; a sentence says why."""
    answer, body = posted(many(field, 70), largest_body())
    assert answer.status_code == 413
    assert "one file in each of its fields" in answer.content.decode()
    assert 0 < body.count <= LARGEST_DOCUMENT + 4 * len(PIECE)


def test_a_body_beyond_all_files_is_not_read(world: World) -> None:
    """By the length that it says; a length that is none is refused alike."""
    answer, body = posted(many("document", 1), largest_body() + 1)
    assert (answer.status_code, body.count) == (413, 0)
    answer, body = posted(many("document", 1), -1)
    assert (answer.status_code, body.count) == (413, 0)


def test_one_file_in_each_field_is_read(world: World) -> None:
    """As the form sends them, and no limit is in its way."""
    named = {
        "document": files.report(),
        "trust": json.dumps(files.trust_file()).encode(),
        "status": files.status_list(1),
        "table": files.TABLE,
    }
    sent = {name: SimpleUploadedFile(name, data) for name, data in named.items()}
    assert "It holds" in Client().post("/verify/file/", sent).content.decode()


def test_too_many_fields_are_not_gathered(world: World) -> None:
    """Nor those of a form that is no file."""
    fields = {
        f"field-{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 9)
    }
    assert Client().post("/verify/file/", fields).status_code == 400


def test_the_page_shows_nothing_of_a_file_as_its_own_words(world: World) -> None:
    """In both languages: no line, no direction and no invisible sign of the file comes through."""
    trust = json.dumps(files.trust_file()).encode()
    for language in ("en", "zh-hans"):
        sent = {
            "document": SimpleUploadedFile("a.json", certificate(number=FORGED)),
            "trust": SimpleUploadedFile("trust.json", trust),
        }
        answer = Client(headers={"Accept-Language": language}).post("/verify/file/", sent)
        page = answer.content.decode()
        assert r"“PR-1\u000aVERIFIED\u000d\u001b[2J" in page
        assert not set("\u202e\u200b\u2028\x1b\x00\x9b") & set(page)


CRAFTED = {
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 40_000,
    "deep within": b'{"number":"A","proof":{},"a":' + b"[" * 900 + b"]" * 900 + b"}",
    "1e999": b'{"number":"A","proof":{},"a":1e999}',
    "digits": b'{"a":' + b"9" * 200_000 + b"}",
    "half a character": b'{"number":"\\ud800","proof":{}}',
}


@pytest.mark.parametrize("name", CRAFTED)
def test_the_register_refuses_it_in_a_sentence(world: World, name: str) -> None:
    """The page that checks a document by the centre's own register."""
    with pytest.raises(Malformed):
        read_document(CRAFTED[name])
    answer = Client().post("/verify/", {"file": SimpleUploadedFile("a.json", CRAFTED[name])})
    assert answer.status_code == 200
    assert "This is no signed document" in answer.content.decode()


def test_a_number_that_no_database_holds(world: World) -> None:
    """Is not asked for."""
    answer = Client().post(
        "/verify/",
        {"file": SimpleUploadedFile("a.json", b'{"number":"\\u0000","proof":{}}')},
    )
    assert "No key of this centre signed" in answer.content.decode()
    assert not check_number("PR\x00").valid
    assert Client().get("/api/v1/credentials/check/PR%00/").status_code < 500


def test_base58_is_bounded_before_it_is_read(world: World) -> None:
    """To read it costs the square of its length."""
    with pytest.raises(ValueError, match="a key or a signature"):
        from_base58btc("z" + "2" * 200_000)
    with pytest.raises(NotFound):
        signed_status_list("did:key:z" + "2" * 200_000, purpose="revocation", number=1)
