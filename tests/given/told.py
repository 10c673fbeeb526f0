"""The demo's story as its command tells it, with a kill, once for all tests of a session."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings

from marketplace.demo.management.commands.demo import WIDE_EXCESS
from marketplace.demo.story.programme import STORY
from marketplace.demo.story.stage import Stage
from marketplace.settings import _keyfile
from tests.given.letters import letter_to
from tests.given.story import ROWS, OwnHands
from tests.plugins.copies import copy_file
from tests.plugins.fresh import copy_migrated

ROOT = Path(__file__).resolve().parents[2]
STEPS = sum(len(chapter.steps) for chapter in STORY)
CONFIRMED = 49
"""The step after which the story is killed: a month of trades is about to begin."""
LOOK_EVERY = 13
"""After so many steps all that were told are looked for, as they are where the story broke off."""
HASHERS = ["marketplace.accounts.hashers.DrawnPasswordHasher"]
"""How the demo keeps passwords."""
OF_PROCESSES = ("run", "valkey")
"""What of a data folder belongs to processes, and not to the world."""
LINE = re.compile(
    r"^ +(?P<number>\d+)  (?P<what>.+) \((?P<how>.+); ledger (?P<entry>[0-9a-f-]+)\)$"
)


@dataclass(frozen=True)
class Told:
    """What came of it.

    var: the data folder, which nobody changes: take a copy.
    killed_with: how the first telling ended.
    code, said: how the second one ended, and its lines.
    lost: the steps that it had told and that were not to be found after some later one.
    """

    var: Path
    port: int
    killed_with: int
    code: int
    said: list[str]
    lost: list[str]

    def copy(self, folder: Path) -> Told:
        """Copy the data folder, for processes or for tests that change something."""
        copy_world(self.var, folder)
        return replace(self, var=folder)


def copy_world(var: Path, folder: Path) -> None:
    """Copy the data folder of a demo, but for what belongs to processes."""
    leave_out = shutil.ignore_patterns(*OF_PROCESSES, "centre.sqlite3*")
    shutil.copytree(var, folder, ignore=leave_out)
    copy_file(str(database_of(var)), str(database_of(folder)))


def told_in(shared: Path) -> Told:
    """Return the story of a session; who asks first has it told."""
    kept = shared / "told.json"
    with (shared / "told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            told = asdict(tell(shared / "told"))
            kept.write_text(json.dumps(told | {"var": str(told["var"])}), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    return Told(**found | {"var": Path(found["var"])})


def tell(var: Path) -> Told:
    """Tell the story until it is killed, and then to its end, and look for what was told."""
    var.mkdir()
    copy_migrated(database_of(var))
    port = free_port()
    with demo(var, "--no-serve", "--port", str(port)) as first:
        for line in lines_of(first):
            if (step := LINE.match(line)) and int(step["number"]) == CONFIRMED:
                first.send_signal(signal.SIGKILL)
                break
        killed_with = first.wait()
    said: list[str] = []
    lost: list[str] = []
    with demo(var, "--no-serve") as second:
        for line in lines_of(second):
            said.append(line)
            if (step := LINE.match(line)) and int(step["number"]) % LOOK_EVERY == 0:
                with reading(var, port) as stage:
                    lost += [f"{step['number']}: {one}" for one in not_found(said, stage)]
        code = second.wait()
    return Told(var, port, killed_with, code, said, lost)


def not_found(said: list[str], stage: Stage) -> list[str]:
    """Look for all steps that were told; answer those that are not there, or by another entry."""
    matches = [match for line in said if (match := LINE.match(line))]
    steps = islice((step for chapter in STORY for step in chapter.steps), len(matches))
    looks = [(match, step.look(stage)) for match, step in zip(matches, steps, strict=True)]
    return [
        match["what"]
        for match, done in looks
        if done is None or str(done.reference) != match["entry"]
    ]


def entries_of(said: list[str]) -> list[str]:
    """Return by which entries the steps that were told are proved."""
    return [match["entry"] for line in said if (match := LINE.match(line))]


@contextmanager
def demo(var: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command on a data folder of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--rows", str(ROWS), *arguments],
        cwd=ROOT,
        env=environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what it says, line by line, until it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line.rstrip("\n")


def environment(var: Path) -> dict[str, str]:
    """Return the environment of a demo with a data folder of its own."""
    of_tests = {"DATABASE_URL", "BROKER_URL", "TEST_VAR_DIR"}
    return {
        **{name: value for name, value in os.environ.items() if name not in of_tests},
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev",
        "VAR_DIR": str(var),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def reading(var: Path, port: int, *, rows: int | None = ROWS) -> Iterator[Stage]:
    """Have this process in the world of a demo, with its database, files, keys and address."""
    excess = {} if rows is None else {"ATTACK_EXCESS": float(WIDE_EXCESS)}
    named = connection.settings_dict
    own = named["NAME"]
    keys: dict[str, Any] = _keyfile.read(var / "keys.env")
    connections.close_all()
    named["NAME"] = str(database_of(var))
    try:
        with override_settings(
            VAR_DIR=var,
            CENTRE_DOMAIN=f"localhost:{port}",
            CENTRE=settings.CENTRE | excess,
            PASSWORD_HASHERS=HASHERS,
            **keys,
        ):
            passwords = json.loads((var / "demo-sign-ins.json").read_text(encoding="utf-8"))
            yield Stage(
                hands=OwnHands(),
                passwords=passwords,
                folder=var / "demo",
                letter_to=letter_to,
                rows=rows,
            )
    finally:
        connections.close_all()
        named["NAME"] = own


def database_of(var: Path) -> Path:
    """Return the database of a demo's data folder."""
    return var / "centre.sqlite3"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
