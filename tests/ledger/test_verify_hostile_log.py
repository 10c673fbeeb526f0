"""The verifier asks a log that is hostile, and is itself asked wrongly: a sentence and code 1."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from marketplace.ledger import notes
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import LARGEST_DOCUMENT, REFUSED, VERIFIED, Refused
from tests.ledger import signing
from tests.ledger.crafted import certificate, entry
from tests.ledger.signed_files import status_list
from tests.ledger.test_verify_crafted import NOW, TRUSTED

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Give every call with the same bytes while the block runs; yield the address."""

    def serve() -> None:
        with listener.accept()[0] as caller:
            caller.recv(65_536)
            try:
                caller.sendall(answer)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


ANSWERS = {
    "no HTTP": b"\x1b[2J\xe2\x80\xa8VERIFIED\r\n\r\n",
    "reason forged": b"HTTP/1.1 404 \x1b[2JVERIFIED\r\n\r\n",
    "nothing": b"",
    "a long line": b"HTTP/1.1 200 " + b"x" * 200_000,
    "many heads": b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n",
    "to itself": b"HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/\r\n\r\n",
    "to a file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\n\r\n",
    "bytes": HEAD + bytes(range(256)),
    "too large": HEAD + b"x\n" * (LARGEST_DOCUMENT // 2 + 1),
    "escapes": HEAD + "VERIFIED\x1b[2J\n1\nAAAA\n\n— VERIFIED AAAAAAAA\n".encode(),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_log_is_refused_in_a_sentence(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it answers."""
    with answering(ANSWERS[name]) as address:
        assert verify.main(["log", address]) == REFUSED
    said = capsys.readouterr().out
    assert said.startswith("REFUSED: ")
    assert said.count("\n") == 1
    assert said.rstrip("\n").isprintable()


@pytest.mark.parametrize(
    "address",
    [
        "http://[",
        "http://exa mple",
        "http://127.0.0.1:x",
        "http://\u202e.example",
        "file:///x",
        "http://",
    ],
)
def test_an_address_that_is_none(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is called."""
    assert verify.main(["log", address]) == REFUSED
    assert capsys.readouterr().out.rstrip("\n").isprintable()


def test_a_log_that_does_not_come_to_an_end() -> None:
    """It is left after a while, here at once."""
    with answering(HEAD + b"x" * 1000) as address, pytest.raises(Refused, match="took too long"):
        verify.fetch_from(address, seconds=-1)("checkpoint")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["{file}", "--at", "yesterday"],
        ["{file}", "--wrong"],
        ["{file}", "--trust"],
        ["log"],
        ["{file}", "b", "c"],
        ["{folder}"],
        ["nowhere\nVERIFIED"],
        ["nul\0"],
        ["{file}", "nowhere\x1b[2J"],
        ["{file}", "--trust", "nowhere"],
        ["{file}", "--status", "nowhere"],
        ["{file}", "--at", "0001-01-01"],
        ["{file}", "--at", "9999-12-31"],
        ["{file}", "--at", "9999-12-31T23:59:59-14:00"],
    ],
)
def test_asked_wrongly(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused by the code of a refusal: 2 would say that nothing speaks against the file."""
    (tmp_path / "a").write_bytes(certificate())
    places = {"{file}": str(tmp_path / "a"), "{folder}": str(tmp_path)}
    assert verify.main([places.get(each, each) for each in arguments]) == REFUSED
    said = capsys.readouterr()
    assert said.out.startswith("REFUSED: ")
    assert said.out.rstrip("\n").isprintable()
    assert said.err == ""


def test_a_contract_with_a_status_is_asked_for_it(tmp_path: Path) -> None:
    """As any other document: a contract that was suspended does not hold."""
    data = signing.contract(credentialStatus=entry())
    trust = verify.Trust.parse(TRUSTED)
    with pytest.raises(Refused, match="suspended"):
        verify.check_certificate(data, trust=trust, status_lists=[status_list(4711)], now=NOW)
    found = verify.check_certificate(data, trust=trust, status_lists=[status_list()], now=NOW)
    assert found.code == VERIFIED


@pytest.mark.parametrize("size", ["9" * 19, "9" * 5_000, "01", "-1", "٣", ""])
def test_a_size_that_no_log_has(size: str) -> None:
    """Nor does a witness take it from a log."""
    root = base64.b64encode(bytes(32)).decode()
    with pytest.raises(notes.BrokenNote):
        notes.parse_tree(f"log.example\n{size}\n{root}\n")
