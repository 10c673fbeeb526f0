"""Run a function in a process of its own and measure its seconds and its memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measured(function: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Answer the seconds that the call took in a fresh process, and its peak memory in MB.

    Seconds are without the start of Python and the imports of the function's module; the peak is
    the whole process's (VmHWM), with both. Arguments must be what JSON can hold.
    """
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
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(peak)


def ratio(
    ours: Callable[[], tuple[float, float]],
    theirs: Callable[[], tuple[float, float]],
    *,
    rounds: int = 3,
) -> tuple[float, float]:
    """Answer the median over rounds of our time by theirs, taken in turns, and our worst peak."""
    ratios, peaks = [], []
    for _ in range(rounds):
        copied, _ = theirs()
        seconds, peak = ours()
        ratios.append(seconds / copied)
        peaks.append(peak)
    return statistics.median(ratios), max(peaks)


def _peak_megabytes() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("This system does not tell a process's peak memory.")


def main() -> None:
    """Run what the parent asked for; the last line of output holds the figures."""
    module, name, arguments = json.loads(sys.argv[1])
    function = getattr(import_module(module), name)
    started = time.perf_counter()
    function(*arguments)
    seconds = time.perf_counter() - started
    print(json.dumps([seconds, _peak_megabytes()]))


if __name__ == "__main__":
    main()
