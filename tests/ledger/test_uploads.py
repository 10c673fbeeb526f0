"""The page of the verifier: a report with a table of real size, and each answer in Chinese."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from marketplace.ledger.verifier import verify
from marketplace.ledger.views import CheckingUploadHandler, in_words
from marketplace.vault.places import incoming_folder
from tests.given.world import World
from tests.ledger import signed_files as files

TRUST = json.dumps(files.trust_file()).encode()
MEGABYTE = 1024 * 1024
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def report_on(digest: str) -> bytes:
    """Sign a report on a table."""
    return files.credential(credentialSubject={"type": "RiskReport", "sha256": digest})


def sent(**given: bytes) -> str:
    """Send files to the page, signed out; answer what it says."""
    named = {name: SimpleUploadedFile(name, data) for name, data in given.items()}
    return Client().post("/verify/file/", named).content.decode()


def test_a_report_with_a_large_table(world: World) -> None:
    """By its digest as it arrives; nothing of it is written."""
    data = bytes(24 * MEGABYTE)
    report = report_on(hashlib.sha256(data).hexdigest())
    incoming = incoming_folder()
    before = sorted(incoming.iterdir()) if incoming.exists() else []
    page = sent(document=report, trust=TRUST, table=data)
    assert "It holds" in page
    assert "the very one that the report speaks of" in page
    assert "SHA-256 is another" in sent(document=report, trust=TRUST, table=data + b"x")
    assert (sorted(incoming.iterdir()) if incoming.exists() else []) == before


def test_a_table_beyond_the_limit_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a sentence at its field; the program has no limit."""
    monkeypatch.setitem(settings.CENTRE, "UPLOAD_MAX_BYTES", MEGABYTE)
    assert "Check it with verify.py" in sent(document=files.report(), table=bytes(MEGABYTE + 1))
    page = sent(document=files.report(), trust=TRUST, table=files.TABLE)
    assert "It holds" in page


def test_nothing_is_kept_in_memory_of_a_table() -> None:
    """Only what is hashed so far."""
    handler = CheckingUploadHandler()
    handler.new_file("table", "t", "application/octet-stream", None)
    for start in range(0, 4 * MEGABYTE, 65536):
        handler.receive_data_chunk(b"x" * 65536, start)
    upload = handler.file_complete(4 * MEGABYTE)
    assert upload.read() == b""
    assert upload.sha256 == hashlib.sha256(b"x" * 4 * MEGABYTE).hexdigest()


def test_the_form_is_guarded(db: None) -> None:
    """Nobody sends it from a page of theirs."""
    answer = Client(enforce_csrf_checks=True).post("/verify/file/", {})
    assert answer.status_code == 403


def test_the_program_takes_a_table_of_any_size(tmp_path: Path) -> None:
    """Read in pieces from its file."""
    table = tmp_path / "table.parquet"
    table.write_bytes(bytes(3 * MEGABYTE))
    assert verify.digest_of(table) == hashlib.sha256(bytes(3 * MEGABYTE)).hexdigest()


def said() -> Iterator[tuple[str, set[str]]]:
    """Yield each sentence of the verifier with the names of the values that it is given."""
    for node in ast.walk(ast.parse(Path(verify.__file__).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in ("Refused", "say", "doubt") or not node.args:
            continue
        (words,) = node.args
        if isinstance(words, ast.Constant):
            yield str(words.value), {keyword.arg or "" for keyword in node.keywords}
        else:
            # A sentence that is handed on.
            assert ast.unparse(words) == "words", ast.unparse(node)


SAID = dict(said())


def test_every_sentence_is_given_its_values() -> None:
    """None lacks one, and none has one too many."""
    assert len(SAID) > 90
    for words, given in SAID.items():
        assert {name for _, name, _, _ in string.Formatter().parse(words) if name} == given, words


def test_every_sentence_is_said_in_chinese() -> None:
    """With all its values, which stay as they are."""
    for words, given in SAID.items():
        values = {name: f"<{name}>" for name in given}
        with translation.override("zh-hans"):
            told = in_words(verify.Sentence(words, values))
        assert not ENGLISH.search(told), told
        assert re.search(r"[\u4e00-\u9fff]", told), told
        assert all(value in told for value in values.values()), told
        with translation.override("en"):
            assert in_words(verify.Sentence(words, values)) == words.format(**values)


CASES: dict[str, dict[str, bytes]] = {
    "holds": {"document": files.credential(), "trust": TRUST},
    "issuer unknown": {"document": files.credential()},
    "suspended": {
        "document": files.credential(),
        "trust": TRUST,
        "status": files.status_list(4711),
    },
    "report": {"document": files.report(), "trust": TRUST, "table": files.TABLE},
    "another table": {"document": files.report(), "trust": TRUST, "table": b"other"},
    "receipt": {"document": files.receipt(), "trust": TRUST},
    "checkpoint": {"document": files.checkpoint([files.leaf(1)]), "trust": TRUST},
    "no JSON": {"document": b"{", "trust": TRUST},
    "a key twice": {"document": b'{"a":1,"a":1}'},
    "nothing known": {"document": b"\xff\x00"},
    "bad trust": {"document": files.credential(), "trust": b"[]"},
}


@pytest.mark.parametrize("case", CASES)
def test_the_page_answers_in_chinese(world: World, case: str) -> None:
    """Whatever is sent: no English sentence is left in its answer."""
    page = Client(headers={"Accept-Language": "zh-hans"}).post(
        "/verify/file/",
        {name: SimpleUploadedFile(name, data) for name, data in CASES[case].items()},
    )
    note = page.content.decode().partition('<div class="note')[2].partition("<section")[0]
    text = re.sub(r"<[^>]+>|\{.*?\}|&\w+;|&#\w+;", " ", note)
    assert re.search(r"[\u4e00-\u9fff]", text)
    assert not ENGLISH.search(text), text
