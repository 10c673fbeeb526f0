"""Run a function in a process of its own and measure its seconds and its memory."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

WORK = {"postgres": "database", "gunicorn": "web", "celery": "worker", "run_pipeline": "loop"}
"""What a process does, by what stands in its command line."""
MEASURING = "measuring"
ROOT = Path(__file__).resolve().parent.parent


class Spent(NamedTuple):
    """Hold what a call took: seconds by the clock and of the processors, and its peak in MB.

    Both kinds of seconds are without the start of Python and the imports of the function's module,
    those of the processors with all threads and children. The peak is the whole process's (VmHWM).
    """

    seconds: float
    processor: float
    megabytes: float


def measured(function: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Return the seconds that the call took in a fresh process, and its peak memory in MB."""
    took = spent(function, *arguments)
    return took.seconds, took.megabytes


def spent(function: Callable[..., object], *arguments: object) -> Spent:
    """Return what the call took in a fresh process. Arguments must be what JSON can hold."""
    module = function.__module__
    if module == "__main__" and (spec := sys.modules[module].__spec__):
        module = spec.name
    request = json.dumps([module, function.__name__, arguments], default=str)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.measuring", request],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Spent(*json.loads(done.stdout.splitlines()[-1]))


def ratio(
    ours: Callable[[], tuple[float, float]],
    theirs: Callable[[], tuple[float, float]],
    *,
    rounds: int = 3,
) -> tuple[float, float]:
    """Return the median over rounds of our time by theirs, taken in turns, and our worst peak."""
    ratios, peaks = [], []
    for _ in range(rounds):
        copied, _ = theirs()
        seconds, peak = ours()
        ratios.append(seconds / copied)
        peaks.append(peak)
    return statistics.median(ratios), max(peaks)


def processor_seconds() -> float:
    """Return the processor's seconds of this process and its children, for itself and for it."""
    whole = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in whole)


def family_seconds() -> dict[str, float]:
    """Return the processor's seconds of this process and all that descend from it and live.

    By what they do: "web", "worker", "loop", "database", and the rest, which measures.
    """
    parents: dict[int, int] = {}
    spent: dict[int, tuple[str, float]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            command = path.with_name("cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # proc(5): the parent is the 4th, the ticks of it and its ended children the 14th to 17th.
        number = int(path.parent.name)
        parents[number] = int(fields[1])
        seconds = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        spent[number] = (_work_of(command), seconds)
    found, family = {os.getpid()}, set[int]()
    while found:
        family |= found
        found = {one for one, parent in parents.items() if parent in found} - family
    by_work = dict.fromkeys([*WORK.values(), MEASURING], 0.0)
    for one in family:
        work, seconds = spent[one]
        by_work[work] += seconds
    return by_work


def _work_of(command: str) -> str:
    return next((work for mark, work in WORK.items() if mark in command), MEASURING)


def _peak_megabytes() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("This system does not tell a process's peak memory.")


def main() -> None:
    """Run what the parent asked for; the last line of output holds the figures."""
    module, name, arguments = json.loads(sys.argv[1])
    function = getattr(import_module(module), name)
    started, before = time.perf_counter(), processor_seconds()
    function(*arguments)
    seconds, processor = time.perf_counter() - started, processor_seconds() - before
    print(json.dumps([seconds, processor, _peak_megabytes()]))


if __name__ == "__main__":
    main()
