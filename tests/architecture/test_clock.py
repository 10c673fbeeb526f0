"""One option moves the tests' clock, and no test sets the running clock beside a written day."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.clock import MOVED, asked_clock, library, seconds_to

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = 24 * 3600
HOLDS = "stopped_at"
MOVING = (MOVED, "LD_PRELOAD", "FAKETIME")


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("+40d", 40 * DAY),
        ("-12h", -DAY // 2),
        ("+2w", 14 * DAY),
        ("+90m", 5400),
        ("2026-03-02T12:00+00:00", DAY),
        ("2026-03-01T20:00+08:00", 0),
    ],
)
def test_a_clock_is_given_as_a_distance_or_a_moment(clock: str, seconds: int) -> None:
    assert seconds_to(clock, NOON) == seconds


@pytest.mark.parametrize("clock", ["tomorrow", "+d", "+4", "40d", "+1.5d", ""])
def test_what_is_no_time_is_told(clock: str) -> None:
    """Before any test has run."""
    with pytest.raises(pytest.UsageError, match="is no time: give it as"):
        seconds_to(clock, NOON)


def test_the_option_is_read_as_pytest_reads_it() -> None:
    """With a sign of equality, or as the word that follows."""
    assert asked_clock(["pytest", "-q", "--clock=+40d", "tests"]) == "+40d"
    assert asked_clock(["pytest", "--clock", "-12h"]) == "-12h"
    assert asked_clock(["pytest", "--clock-work", "tests"]) == ""


CASES = """
import datetime
import os
import subprocess
import sys
import time


def test_clocks():
    told = subprocess.run(
        [sys.executable, "-c", "import time; print(time.time())"], capture_output=True, text=True
    )
    for moment in (time.time(), datetime.datetime.now().timestamp(), float(told.stdout)):
        assert abs(moment - float(os.environ["EXPECTED"])) < 600
    assert abs(time.monotonic() - float(os.environ["MONOTONIC"])) < 600
"""


def test_the_clock_of_all_processes_is_moved(tmp_path: Path) -> None:
    """Of a run and of what it starts; waiting goes on by the machine's own."""
    try:
        library()
    except pytest.UsageError as missing:
        pytest.skip(str(missing))
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p tests.plugins.clock\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--clock=+400d"],
        cwd=tmp_path,
        env={
            **{name: value for name, value in os.environ.items() if name not in MOVING},
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "EXPECTED": str(time.time() - int(os.environ.get("FAKETIME", "0")) + 400 * DAY),
            "MONOTONIC": str(time.monotonic()),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "clock: " in done.stdout


READERS = """
import datetime
import json
import threading
import time

from django.utils import timezone

from marketplace.core import clock

HELD = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def test_asks_the_clock():
    assert clock.today()


def test_asks_django():
    assert timezone.now()


def test_asks_python():
    assert datetime.datetime.now(datetime.UTC)


def test_asks_the_machine():
    assert time.time()


def test_asks_in_a_thread():
    other = threading.Thread(target=time.time)
    other.start()
    other.join()
    asks = threading.Thread(target=lambda: time.time())
    asks.start()
    asks.join()


def test_holds_the_clock():
    with clock.stopped_at(HELD):
        assert clock.now() == HELD


def test_waits():
    assert time.monotonic()


def test_names_a_day():
    assert json.loads(json.dumps({"now": datetime.date(2026, 3, 1).isoformat()}))
"""


@pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n", "1")], ids=["alone", "spread"])
def test_what_reads_a_clock_is_found(tmp_path: Path, workers: tuple[str, ...]) -> None:
    """And the names that are written are those by which pytest runs these tests."""
    folder = ROOT / "build" / "clock-readers" / tmp_path.name
    folder.mkdir(parents=True)
    (folder / "test_readers.py").write_text(READERS, encoding="utf-8")
    names = folder / "names.txt"
    options = ("-p", "no:cacheprovider", "-p", "tests.plugins.clock_readers")
    run = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(folder)]
    how: dict[str, Any] = {
        "cwd": folder,
        "env": {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        },
        "capture_output": True,
        "text": True,
        "check": False,
    }
    try:
        done = subprocess.run([*run, *options, *workers, f"--clock-readers={names}"], **how)
        assert done.returncode == 0, done.stdout + done.stderr
        found = names.read_text(encoding="utf-8").splitlines()
        again = subprocess.run([*run, *options, f"@{names}"], **how)
    finally:
        shutil.rmtree(folder)
    expected = sorted(
        f"test_readers.py::test_asks_{name}"
        for name in ("the_clock", "django", "python", "the_machine", "in_a_thread")
    )
    assert found == expected
    assert f"{len(expected)} tests read a clock" in done.stdout
    assert f"{len(expected)} passed" in again.stdout


def mixed(source: str) -> list[str]:
    """Name the functions that make something by the running clock, and then hold it at a day.

    A day that is written into a test is to come, is today, and has passed: what the running clock
    made is before it one day, and after it on the next.
    """
    tree = ast.parse(source)
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and _is_written(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        has_made = False
        for statement in function.body:
            held = _held_at(statement)
            if held is not None and has_made and _is_written(held, names):
                found.append(function.name)
                break
            has_made = has_made or (held is None and _makes(statement))
    return found


def _held_at(statement: ast.stmt) -> ast.expr | None:
    """Return at what moment a block holds the clock, if it does."""
    if isinstance(statement, ast.With):
        for item in statement.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and call.args and _name_of(call.func) == HOLDS:
                return call.args[0]
    return None


def _is_written(moment: ast.expr, names: set[str]) -> bool:
    """Tell whether a moment goes by a day that stands in the file."""
    for node in ast.walk(moment):
        if isinstance(node, ast.Name) and node.id in names:
            return True
        if (
            isinstance(node, ast.Call)
            and _name_of(node.func) in ("date", "datetime")
            and node.args
            and all(isinstance(part, ast.Constant) for part in node.args)
        ):
            return True
    return False


def _makes(statement: ast.stmt) -> bool:
    """Tell whether a statement hands the world to a builder."""
    return any(
        isinstance(part, ast.Name) and part.id == "world"
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords))
        for part in ast.walk(argument)
    )


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.house
def test_no_test_sets_the_running_clock_beside_a_written_day() -> None:
    """What it makes is made while the clock is held, or it asks the clock for its days."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for name in mixed(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_written_day_beside_the_running_clock_is_found() -> None:
    """Before the block that holds the clock, also by a name; what the block makes is no harm."""
    held = "    with clock.stopped_at({day}):\n        {does}\n"
    made = "def test_it(world):\n    order = signed(world)\n"
    day = "datetime(2026, 11, 30, 16, tzinfo=UTC)"
    assert mixed(made + held.format(day=day, does="pay(order)")) == ["test_it"]
    assert mixed(f"DAY = {day}\n{made}{held.format(day='DAY', does='pay(order)')}") == ["test_it"]
    assert mixed("def test_it(world):\n" + held.format(day=day, does="pay(signed(world))")) == []
    assert mixed(made + held.format(day="clock.now() + later", does="pay(order)")) == []
