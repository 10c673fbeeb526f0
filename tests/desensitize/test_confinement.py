"""Whoever reads a stranger's bytes reaches nobody and nothing, as far as this machine allows.

What is possible here is found without the code under test, so that none of this passes because
nothing was closed off.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import connection

from desensitize.confinement import measuring
from desensitize.confinement.calls import ARCHITECTURES, NUMBERS, SECCOMP
from desensitize.confinement.child import NOT_CLOSED, arguments_of
from desensitize.confinement.files import CREATE_RULESET
from desensitize.confinement.kernel import machine
from desensitize.confinement.ways import CONFINEMENTS, LIMITS_ALONE, Confinement, Way
from desensitize.errors import TableError
from desensitize.tables import Limits, convert_in_child, supervision
from tests.given import owned_reader

OWNED = Path(owned_reader.__file__)
ROOT = OWNED.parents[2]
UNSHARE = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x58000000) and 1)"
UNDER_BARS = """
import ctypes, json, sys
from desensitize.confinement import kernel
from desensitize.confinement.calls import install, refused
numbers, source = json.loads(sys.argv[1]), sys.argv[2]
kernel.LIBC.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
install([line for number in numbers for line in refused(number)])
from pathlib import Path
from desensitize.confinement.measuring import measured
from desensitize.errors import TableError
from desensitize.tables import Limits, convert_in_child
found, ended = measured(), {}
for must in (False, True):
    target = Path(source).with_name(f"{must}.parquet")
    try:
        info = convert_in_child(
            Path(source), target, filename="a.csv", limits=Limits(), must_be_isolated=must
        )
        ended[must] = info.rows
    except TableError as refusal:
        ended[must] = refusal.code
    assert target.exists() == (ended[must] == 1)
print(json.dumps([found.way, found.has_closed_files, ended[False], ended[True]]))
"""


def possible() -> Confinement:
    """Return the surest way that this machine allows, found without the code under test."""
    if sys.platform != "linux":
        return LIMITS_ALONE
    libc = ctypes.CDLL(None)
    has_landlock = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), 1) > 0
    known = Path("/proc/sys/kernel/seccomp/actions_avail").exists() and machine() in ARCHITECTURES
    may_leave = subprocess.run([sys.executable, "-c", UNSHARE], check=False).returncode == 0
    way = Way.LIMITS if not known else Way.NAMESPACE if may_leave else Way.FILTER
    return Confinement(way, has_closed_files=has_landlock)


HERE = possible()


def goes(confinement: Confinement) -> bool:
    """Return whether a way can be gone on this machine."""
    ways = [Way.LIMITS, Way.FILTER, Way.NAMESPACE]
    is_known = ways.index(confinement.way) <= ways.index(HERE.way)
    return is_known and confinement.has_closed_files <= HERE.has_closed_files


@pytest.fixture
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Listen in every way, beside files that are nobody's business."""
    folder = tmp_path_factory.mktemp("s")
    for name in ("file", "superfluous"):
        (folder / name).write_text("nobody's business")
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp, datagrams = (
            stack.enter_context(socket.socket(family, socket.SOCK_DGRAM))
            for family in (socket.AF_INET, socket.AF_UNIX)
        )
        path, abstract = (stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        udp.bind(("127.0.0.1", 0))
        datagrams.bind(str(folder / "d"))
        path.bind(str(folder / "p"))
        abstract.bind(f"\0confinement-{os.getpid()}")
        path.listen()
        abstract.listen()
        yield {
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "path": str(folder / "p"),
            "abstract": f"confinement-{os.getpid()}",
            "datagrams": str(folder / "d"),
            "servers": [],
            "file": str(folder / "file"),
        }


def owned(confinement: Confinement, targets: dict[str, Any], work: Path) -> dict[str, Any]:
    """Return what a reader reaches that its file has broken."""
    ended = subprocess.run(
        [sys.executable, *arguments_of(confinement, program=OWNED, work=work)],
        input=json.dumps(targets),
        capture_output=True,
        cwd=work,
        env=measuring.environment(work),
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer | {"reached": set(answer["reached"])}


def test_surest_way_is_taken_that_goes() -> None:
    """And a process finds it once."""
    assert measuring.measure() == HERE
    assert measuring.measured() is measuring.measured()
    assert HERE in CONFINEMENTS


def test_without_confinement_everything_is_reached(targets: dict[str, Any], tmp_path: Path) -> None:
    """What the next test finds closed is open to whoever is held by limits alone."""
    answer = owned(LIMITS_ALONE, targets, tmp_path)
    # Privileges are given up all the same, by which root could trace others; rings can be off.
    may_fail = {"io_uring", "trace", "environment", "memory", "rights"}
    assert answer["reached"] >= set(owned_reader.attempts(targets)) - may_fail


@pytest.mark.parametrize(
    "confinement", CONFINEMENTS, ids=lambda one: f"{one.way}-{one.has_closed_files}"
)
def test_owned_reader_reaches_nothing(
    confinement: Confinement, targets: dict[str, Any], tmp_path: Path
) -> None:
    """Neither network nor database, neither files nor processes; it still works in its folder."""
    if not goes(confinement):
        pytest.skip("This machine does not allow it.")
    answer = owned(confinement, targets, tmp_path)
    closed: set[str] = set()
    if confinement.is_offline:
        closed |= owned_reader.TO_PEOPLE | owned_reader.TO_PROCESSES | owned_reader.OF_FILES
    if confinement.has_closed_files:
        closed |= owned_reader.TO_FILES | owned_reader.THROUGH_PROC
    if confinement.way == Way.NAMESPACE:
        closed |= owned_reader.THROUGH_PROC
    assert answer["reached"] & closed == set()
    if confinement.is_isolated:
        assert answer["reached"] == set()
        assert Path(targets["file"]).read_text() == "nobody's business"
    own = answer["network"] != os.stat("/proc/self/ns/net").st_ino
    assert own == (confinement.way == Way.NAMESPACE)
    assert {int(held, 16) for held in answer["capabilities"]} == {0}
    assert answer["no_new_privileges"] == "1"
    assert (tmp_path / "own" / "file").read_text() == "its own"


@pytest.mark.parametrize("confinement", [LIMITS_ALONE, HERE], ids=lambda one: one.way)
def test_servers_of_the_machine_are_out_of_reach(
    confinement: Confinement,
    targets: dict[str, Any],
    tmp_path: Path,
    valkey: redis.Redis,
    db: None,
) -> None:
    """Broker and database listen on sockets with a path, which no namespace of a network closes."""
    host, port = (connection.settings_dict[name] for name in ("HOST", "PORT"))
    servers = {str(valkey.connection_pool.connection_kwargs["path"])}
    # Beside root the tests' database runs as somebody else, in a folder of its own.
    if str(host).startswith("/") and Path(host).stat().st_uid == os.geteuid():
        servers.add(f"{host}/.s.PGSQL.{port or 5432}")
    answer = owned(confinement, targets | {"servers": sorted(servers)}, tmp_path)
    assert answer["reached"] & servers == (set() if confinement.is_offline else servers)


@pytest.mark.skipif(machine() not in ARCHITECTURES, reason="Filters are written for others.")
@pytest.mark.parametrize("barred", [("unshare",), ("landlock",), ("seccomp", "landlock")])
def test_what_the_machine_forbids_is_known(barred: tuple[str, ...], tmp_path: Path) -> None:
    """Then the next way is taken, and nothing is read where isolation is required."""
    place = list(ARCHITECTURES).index(machine())
    calls = {
        "unshare": NUMBERS["unshare"],
        "seccomp": SECCOMP,
        "landlock": (CREATE_RULESET, CREATE_RULESET),
    }
    source = tmp_path / "upload"
    source.write_text("a\n1\n")
    ended = subprocess.run(
        [
            *(sys.executable, "-c", UNDER_BARS),
            *(json.dumps([calls[name][place] for name in barred]), str(source)),
        ],
        capture_output=True,
        cwd=ROOT,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    way = HERE.way
    if "unshare" in barred and way == Way.NAMESPACE:
        way = Way.FILTER
    if "seccomp" in barred:
        way = Way.LIMITS
    files = HERE.has_closed_files and "landlock" not in barred
    is_isolated = way != Way.LIMITS and files
    last = 1 if is_isolated else "reader-not-isolated"
    assert json.loads(ended.stdout) == [way, files, 1, last]


@pytest.mark.skipif(HERE == LIMITS_ALONE, reason="There is nothing to lose.")
@pytest.mark.parametrize(
    ("reached", "left"),
    [
        (["loopback"], Confinement(Way.LIMITS, HERE.has_closed_files)),
        (["socket"], Confinement(Way.LIMITS, HERE.has_closed_files)),
        (["read"], Confinement(HERE.way, has_closed_files=False)),
        (["truncate"], Confinement(HERE.way, has_closed_files=False)),
        (["socket", "make"], LIMITS_ALONE),
        ([], HERE),
        (None, LIMITS_ALONE),
    ],
)
def test_way_that_does_not_hold_is_not_taken(
    reached: list[str] | None,
    left: Confinement,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One thing that is reached is enough; a try that was not made proves nothing."""
    program = tmp_path / "attempts.py"
    told = json.dumps({"reached": reached or [], "network": 0})
    proof = "open('proof', 'w').close()\n" if reached is not None else ""
    program.write_text(f"{proof}print({told!r})\n")
    monkeypatch.setattr(measuring, "ATTEMPTS", program)
    assert measuring.measure() == left


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program of ours in the place of the one that reads tables."""
    path = tmp_path / "owned.py"
    monkeypatch.setattr(supervision, "READER", path)
    return path


def read(folder: Path, **changes: Any) -> str:
    """Return the code by which a plain table is refused, "" where it is read."""
    source, target = folder / "upload", folder / "table.parquet"
    source.write_text("a\n1\n")
    try:
        convert_in_child(source, target, filename="a.csv", limits=Limits(**changes))
    except TableError as refusal:
        assert not os.path.lexists(target)
        return refusal.code
    return ""


INFO = {
    "rows": 1,
    "columns": [{"name": "a", "dtype": "integer"}],
    "sha256": "0",
    "bytes": 1,
    "form": {"kind": "csv"},
}
WRITES = """
import json, os, sys
request = json.load(sys.stdin)
open(request["target"], "wb").close()
"""


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"\xff",
        b"null",
        b"[" * 200_000,
        b'{"code": "none-such", "parameters": {}}',
        b'{"code": "unknown-mask", "parameters": {"name": "x"}}',
        b'{"code": "ragged-row", "parameters": {}}',
        b'{"code": "ragged-row", "parameters": {"line": [1], "found": 1, "expected": 1}}',
        b'{"code": ["ragged-row"], "parameters": {}}',
        b'{"info": []}',
        *(
            json.dumps({"info": INFO | change}).encode()
            for change in (
                {"rows": "1"},
                {"rows": True},
                {"rows": 10**12},
                {"more": 1},
                {"columns": [{"name": 1, "dtype": "integer"}]},
                {"columns": [{"name": "a", "dtype": "integer"}] * 600},
                {"form": {"kind": "csv", "sheets": "0"}},
                {"form": None},
            )
        ),
    ],
)
def test_forged_answers_are_none(told: bytes, program: Path, tmp_path: Path) -> None:
    """Once a file has broken its reader, what that says is a stranger's word."""
    program.write_text(f"{WRITES}os.write(1, {told!r})\n")
    assert read(tmp_path) == "reader-crashed"


def test_honest_answer_is_taken(program: Path, tmp_path: Path) -> None:
    """The answers above are refused for what is wrong with them."""
    program.write_text(f"{WRITES}print({json.dumps(INFO)!r}.join(['{{\"info\": ', '}}']))\n")
    assert read(tmp_path) == ""


@pytest.mark.parametrize(
    "result",
    [
        "os.symlink(request['source'], request['target'])",
        "os.link(request['source'], request['target'])",
        "os.mkdir(request['target'])",
        "pass",
    ],
)
def test_result_is_a_file_of_its_own(
    result: str, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through a link the centre would read, as its own, whatever it may open."""
    monkeypatch.setattr(measuring, "measured", lambda: LIMITS_ALONE)
    program.write_text(
        f"import json, os, sys\nrequest = json.load(sys.stdin)\n{result}\n"
        f"print({json.dumps({'info': INFO})!r})\n"
    )
    assert read(tmp_path) == "reader-crashed"


def test_endless_answer_takes_no_memory_here(program: Path, tmp_path: Path) -> None:
    """It ends where a reader may write no more."""
    program.write_text(
        "import os, resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2**25, 2**25))\n"
        "piece = b'[' * 2**20\nwhile True:\n    os.write(1, piece)\n"
    )
    assert read(tmp_path) == "reader-crashed"


def test_what_no_longer_holds_is_found_anew(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that cannot be closed off as before reads nothing; the next is measured again."""
    program.write_text(f"import sys\nsys.exit({NOT_CLOSED})\n")
    measuring.measured()
    assert read(tmp_path) == "reader-not-isolated"
    assert measuring._found is None
    assert measuring.measured() == HERE


def test_files_are_read_where_no_other_folder_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container whose file system is read-only: what is needed stands beside the result."""
    measuring.measured()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert read(tmp_path) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root reads what belongs to others.")
def test_root_reads_what_belongs_to_another(tmp_path: Path) -> None:
    """Though the process that reads for it has none of its privileges."""
    source = tmp_path / "upload"
    source.write_text("a\n1\n")
    os.chown(source, 65534, 65534)
    source.chmod(0o600)
    info = convert_in_child(source, tmp_path / "t.parquet", filename="a.csv", limits=Limits())
    assert info.rows == 1
