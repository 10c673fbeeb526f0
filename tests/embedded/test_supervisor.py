"""The whole process tree, started for real: what dies comes back, and nothing outlives the tree."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from marketplace.delivery.use.serializers import LONGEST_QUESTION
from marketplace.embedded.sockets import LONGEST_PATH, socket_path
from tests.given.told import environment, free_port
from tests.plugins.fresh import copy_migrated

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
LOWEST, NICENESS = 19, 7
NAMES = ("valkey", "worker", "pipeline", "web")


class Serving:
    """A running `manage.py serve`, and what it has said."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(var),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.said = ""
        self.pids: dict[str, int] = {}

    def end(self) -> None:
        """Ask it to stop, where it has not."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def wait_until_open(self) -> None:
        """Read on until the site is open, and note the process ids."""
        for name in NAMES:
            started = self.wait_for(rf"{name}: started in [\d.]+ s, process (\d+)")
            self.pids[name] = int(started[1])
        self.wait_for(f"http://localhost:{self.port}")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Read on until a line matches, and answer the match; earlier lines do not count again."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        while True:
            if match := re.search(pattern, self.said):
                self.said = self.said[match.end() :]
                return match
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.process.stdout], [], [], max(left, 0))
            piece = os.read(self.process.stdout.fileno(), 65536).decode() if ready else ""
            assert piece, f"It never said {pattern!r}, but: {self.said}"
            self.said += piece

    def front_page_status(self, query: str = "") -> int:
        """Ask the web server for the front page, as soon as it listens."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                address = f"http://127.0.0.1:{self.port}/?{query}"
                with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as refused:
                return refused.code
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < deadline, f"Nobody answers; it said: {self.said}"
                select.select([], [], [], 0.05)


def serve(var: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run `manage.py serve` where it is refused."""
    return subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def descendants(pid: int) -> list[int]:
    """Return every process below a process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children] + [
        below for child in children for below in descendants(int(child))
    ]


def gives_way(pid: int, other: int) -> bool:
    """Return whether a process is so much nicer than another, and its session too."""
    mine, theirs = (os.getpriority(os.PRIO_PROCESS, one) for one in (pid, other))
    session = Path(f"/proc/{pid}/autogroup")
    is_nice = not session.exists() or session.read_text().endswith(f" nice {NICENESS}\n")
    return mine == min(theirs + NICENESS, LOWEST) and is_nice


def assert_gone(pids: list[int], within: float) -> None:
    """Wait for the end of processes that may be nobody's children."""
    deadline = time.monotonic() + within
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            ended = select.poll()
            ended.register(handle, select.POLLIN)
            assert ended.poll(max(deadline - time.monotonic(), 0) * 1000), f"{pid} still runs"
        finally:
            os.close(handle)


@pytest.fixture(scope="module")
def var(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a migrated database."""
    folder = tmp_path_factory.mktemp("var")
    copy_migrated(folder / "centre.sqlite3")
    return folder


@pytest.fixture
def serving(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """Yield a running tree; `pids` holds the process ids of its children by name."""
    monkeypatch.setenv("CENTRE_WORKER_NICENESS", str(NICENESS))
    running = Serving(var, free_port())
    try:
        running.wait_until_open()
        yield running
    finally:
        running.end()


@pytest.mark.parametrize("deaths", [2, pytest.param(len(NAMES), marks=pytest.mark.campaign)])
def test_what_dies_comes_back_and_nothing_outlives_the_supervisor(
    deaths: int, serving: Serving, var: Path, chance: Random
) -> None:
    """Until the supervisor itself is killed: then no child, nor a child of one, is an orphan."""
    for name in chance.sample(NAMES, deaths):
        before = serving.pids[name]
        os.kill(before, signal.SIGKILL)
        serving.wait_for(rf"{name}: ended with exit code -9")
        again = int(serving.wait_for(rf"{name}: started again, process (\d+)")[1])
        assert again != before
        serving.pids[name] = again
        os.kill(again, 0)
        assert serving.front_page_status() == 200

    web, worker = serving.pids["web"], serving.pids["worker"]
    deadline = time.monotonic() + PATIENCE
    while not gives_way(worker, web):
        assert time.monotonic() < deadline, "who waits for a page goes before"
        select.select([], [], [], 0.05)

    second = serve(var, free_port())
    assert second.returncode == 1
    assert f"The centre already runs from {var}. Stop it first." in second.stderr

    longest = f"where={'x' * LONGEST_QUESTION}"
    assert serving.front_page_status(longest) == 200, "the longest question that rows answer"
    below = descendants(serving.process.pid)
    assert set(serving.pids.values()) < set(below), "gunicorn has a worker of its own"
    serving.process.kill()
    assert_gone(below, within=PATIENCE)


def test_an_interrupt_ends_what_had_begun(var: Path) -> None:
    """Before the site is open; what it does to an open one is seen where the demo is served."""
    serving = Serving(var, free_port())
    try:
        serving.wait_for(r"valkey: started in [\d.]+ s")
        below = descendants(serving.process.pid)
        serving.process.send_signal(signal.SIGINT)
        serving.wait_for("The centre is closed")
        assert serving.process.wait(PATIENCE) == 0
        assert_gone(below, within=PATIENCE)
    finally:
        serving.end()


def test_a_port_in_use_is_refused_before_anything_starts(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    said = StringIO()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use\..*--port {port + 1}"):
            call_command("serve", port=port, stdout=said)
    assert said.getvalue() == ""
    assert not any(tmp_path.iterdir())


def test_a_database_that_is_not_migrated_is_refused(tmp_path: Path) -> None:
    refused = serve(tmp_path, free_port())
    assert refused.returncode == 1
    assert "manage.py migrate" in refused.stderr


def test_socket_paths_stay_short(tmp_path: Path) -> None:
    assert socket_path(tmp_path / "run", "a.sock").parent.is_dir()
    deep = tmp_path / ("deep" * 30)
    path = socket_path(deep, "a.sock")
    assert len(os.fsencode(path)) <= LONGEST_PATH
    assert path == socket_path(deep, "a.sock"), "every process must find the same socket"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    path.unlink()
    path.parent.rmdir()


def test_a_folder_that_others_may_enter_is_no_place_for_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("open" * 30)
    private = socket_path(deep, "a.sock").parent
    private.chmod(0o755)
    with pytest.raises(PermissionError, match="is not a private folder of yours"):
        socket_path(deep, "a.sock")
    private.rmdir()
