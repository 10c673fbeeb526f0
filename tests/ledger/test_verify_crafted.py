"""Hundreds of crafted files, rightly signed ones among them: each gets a sentence, and soon."""

from __future__ import annotations

import copy
import json
import resource
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, VERIFIED, Trust
from tests.ledger import crafted, crafted_contracts, crafted_log, crafted_proofs, signing
from tests.ledger import signed_files as files
from tests.ledger.crafted import Cases, Crafted
from tests.plugins.clock import clock_alone

PROGRAM = Path(verify.__file__)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
LONGEST_ANSWER = 20_000
KINDS: tuple[Callable[[], Cases], ...] = (
    crafted.texts,
    crafted.fields,
    crafted_proofs.dates,
    crafted_proofs.proofs,
    crafted_proofs.statuses,
    crafted_contracts.contracts,
    crafted_contracts.passkeys,
    crafted_contracts.mandates,
    crafted_contracts.amendments,
    crafted_log.log_files,
    crafted_log.trust_files,
)


def trusted() -> dict[str, Any]:
    """Trust all who sign rightly here."""
    digest = signing.contract_parts()["digest"]
    keys = [signing.passkey_signature(side, digest)["public_key"] for side in signing.PASSKEYS]
    issuers = {name: [files.multikey(files.KEY)] for name in (files.ISSUER, "Data Centre")}
    passkeys = [verify.passkey_fingerprint(key) for key in keys]
    return files.trust_file() | {"issuers": issuers, "passkeys": passkeys}


TRUSTED = json.dumps(trusted()).encode()
SAID = {VERIFIED: "VERIFIED", UNKNOWN: "NOT ESTABLISHED: issuer unknown"}


def written(folder: Path, case: Crafted) -> list[str]:
    """Write a case's files; answer the arguments of the command."""
    arguments = ["--at", "2026-11-25"]
    options = {
        "--trust": case.trust if case.trust is not None else TRUSTED,
        "--status": case.status,
    }
    for number, (option, data) in enumerate(options.items()):
        if data is not None:
            (folder / f"option-{number}").write_bytes(data)
            arguments += [option, str(folder / f"option-{number}")]
    for number, data in enumerate((case.data, *case.more)):
        (folder / f"file-{number}").write_bytes(data)
        arguments.insert(number, str(folder / f"file-{number}"))
    return arguments


def expect(name: str, case: Crafted, code: int, said: str) -> None:
    """Expect the exit code, and an answer in which no line can pass for another."""
    lines = said.splitlines()
    assert code == case.code, f"{name}: {said[:300]}"
    assert said == "\n".join(lines) + "\n", name
    assert len(said) < LONGEST_ANSWER, name
    unseen = {sign for sign in said if unicodedata.category(sign)[0] in "CZ"} - set(" \n")
    assert not unseen, f"{name}: {unseen!r}"
    assert "Traceback" not in said, name
    if code == REFUSED:
        assert len(lines) == 1, name
        assert lines[0].startswith("REFUSED: "), name
        return
    assert lines[-1] == SAID[code], name
    assert all(line.startswith("- ") for line in lines[:-1]), name


@contextmanager
def within_a_second() -> Iterator[None]:
    """Stop what computes for longer than a second of this process."""

    def stop(*_given: Any) -> None:
        raise AssertionError("It computed for more than a second.")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def cases_of(kind: Callable[[], Cases]) -> dict[str, Crafted]:
    """Return the cases of a kind by their names, of which none stands twice."""
    named = list(kind())
    assert len(dict(named)) == len(named)
    return dict(named)


def test_there_are_many() -> None:
    """Different ones, of which most are rightly signed."""
    assert len({case.data for kind in KINDS for case in cases_of(kind).values()}) > 400


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_is_answered_in_a_sentence(
    kind: Callable[[], Cases], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its exit code, in one line where it is refused."""
    for name, case in cases_of(kind).items():
        arguments = written(tmp_path, case)
        with within_a_second():
            code = verify.main(arguments)
        expect(name, case, code, capsys.readouterr().out)


WHERE_IT_LIES = (
    (crafted.texts, "deep objects"),
    (crafted.texts, "many digits"),
    (crafted.fields, "number forged"),
    (crafted_proofs.proofs, "proofValue longest"),
    (crafted_proofs.statuses, "bits bomb"),
)


@pytest.mark.parametrize(("kind", "name"), WHERE_IT_LIES)
def test_also_where_the_program_lies(kind: Callable[[], Cases], name: str, tmp_path: Path) -> None:
    """As a process of its own, stopped by the system after two seconds of processor time."""
    case = cases_of(kind)[name]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))

    done = subprocess.run(
        [sys.executable, PROGRAM, *written(tmp_path, case)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", **clock_alone()},
        preexec_fn=limit,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    expect(name, case, done.returncode, done.stdout)


def test_a_terminal_without_the_characters(tmp_path: Path) -> None:
    """What it cannot show is written in digits."""
    (tmp_path / "a").write_bytes(crafted.certificate(number="合同一"))
    done = subprocess.run(
        [sys.executable, PROGRAM, tmp_path / "a", "--at", "2026-11-25"],
        capture_output=True,
        encoding="ascii",
        env={"PYTHONIOENCODING": "ascii", **clock_alone()},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (UNKNOWN, "")
    assert "\\u5408\\u540c" in done.stdout


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to each value within a document."""
    yield path
    if isinstance(value, dict | list):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, name))


def replaced(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return a copy in which one value is another."""
    changed = copy.deepcopy(document)
    spot: Any = changed
    for name in path[:-1]:
        spot = spot[name]
    spot[path[-1]] = value
    return changed


OTHERS: tuple[Any, ...] = (None, 5, [], {}, crafted.FORGED)
Asked = Callable[[bytes, Trust], object]
DOCUMENTS: dict[str, tuple[Callable[[], bytes], Asked]] = {
    "certificate": (
        lambda: crafted.certificate(credentialStatus=[crafted.entry()]),
        lambda data, trust: verify.check_file(data, trust=trust, now=NOW),
    ),
    "report": (
        files.report,
        lambda data, trust: verify.check_report(data, "00" * 32, trust=trust, now=NOW),
    ),
    "earlier": (
        signing.earlier,
        lambda data, trust: verify.check_report(data, "00" * 32, trust=trust, now=NOW),
    ),
    "status list": (
        files.status_list,
        lambda data, trust: verify.check_certificate(
            crafted.certificate(), trust=trust, status_lists=[data], now=NOW
        ),
    ),
    "contract": (
        signing.contract,
        lambda data, trust: verify.check_amended(data, [], trust=trust, now=NOW),
    ),
    "amendment": (
        signing.amendment,
        lambda data, trust: verify.check_amended(signing.contract(), [data], trust=trust, now=NOW),
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_value_of_every_type(kind: str) -> None:
    """Each value of each document replaced by others, and the whole signed anew: never a fault."""
    make, ask = DOCUMENTS[kind]
    document, trust, count = json.loads(make()), Trust.parse(TRUSTED), 0
    del document["proof"]
    for path in [path for path in places(document) if path]:
        for value in OTHERS:
            bare = replaced(document, path, value)
            data = signing.earlier(**bare) if kind == "earlier" else signing.secured(bare)
            count += 1
            with suppress(verify.Refused):
                ask(data, trust)
    assert count > 30
