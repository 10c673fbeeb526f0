"""Measure the kernels of the masks, a thread, against loops in Python and two packages.

Run `python -m benchmarks.kernels`; with `--json` one figure a line. All times are of processors,
so that further threads make nothing look quicker. The peers `ff3` and `fastfpe` run in a Python
of their own, named by `--peers`; without it FF1 is not measured.
"""

import argparse
import hmac
import json
import statistics
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from benchmarks.figures import Figure, say
from desensitize.crypto import Ff1, aes_cmac, hmac_sha256

KEY = bytes(range(32))
TWEAK = b"benchmark"
ROUNDS = 5
BATCH = 100_000
"""Values in a batch, about as many as the engine hands to a kernel at once."""

LOOPED = 20_000
"""Values that a slow peer gets in each round."""


def mobiles(rows: int) -> pl.Series:
    """Invent different texts of 11 digits."""
    return pl.Series("mobile", [f"13{number * 7919 % 10**9:09d}" for number in range(rows)])


def nanoseconds(function: Callable[[], object], values: int) -> float:
    """Return the time that processors spent on a value, over all threads."""
    started = time.process_time_ns()
    function()
    return (time.process_time_ns() - started) / values


def compared(ours: Callable[[], object], theirs: Callable[[], float]) -> tuple[float, float]:
    """Return the median over rounds, taken in turns, of our time a value and of theirs by ours."""
    ours()
    mine, ratios = [], []
    for _ in range(ROUNDS):
        other = theirs()
        mine.append(nanoseconds(ours, BATCH))
        ratios.append(other / mine[-1])
    return statistics.median(mine), statistics.median(ratios)


def hmac_loop(texts: list[str]) -> list[str]:
    """Compute HMAC-SHA256 value by value."""
    key = KEY.hex().encode("ascii")
    return [hmac.new(key, text.encode("utf-8"), "sha256").hexdigest() for text in texts]


def cmac_loop(texts: list[str]) -> list[str]:
    """Compute AES-CMAC value by value."""
    answers = []
    for text in texts:
        code = CMAC(AES(KEY))
        code.update(text.encode("utf-8"))
        answers.append(code.finalize().hex())
    return answers


def peer_time(python: str, name: str) -> float:
    """Return the processor time for a value that a peer takes, in nanoseconds, in its own Python.

    The peers pin other versions of what this library uses, so they live in an environment apart.
    """
    request = json.dumps([name, KEY.hex(), TWEAK.hex(), mobiles(LOOPED).to_list()])
    done = subprocess.run(
        [python, str(Path(__file__).with_name("peer_ciphers.py"))],
        input=request,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def figures(peers: str | None) -> list[Figure]:
    """Measure every kernel; `peers` is the Python that has the packages to compare with."""
    column, texts = mobiles(BATCH), mobiles(LOOPED).to_list()
    cipher = Ff1(KEY, TWEAK)

    def encrypt() -> object:
        return cipher.encrypt(column)

    cases: list[tuple[str, Callable[[], object], Callable[[], float], float]] = [
        (
            "HMAC-SHA256 against a Python loop",
            lambda: hmac_sha256(column, KEY.hex()),
            lambda: nanoseconds(lambda: hmac_loop(texts), LOOPED),
            6,
        ),
        (
            "AES-CMAC against a Python loop",
            lambda: aes_cmac(column, KEY),
            lambda: nanoseconds(lambda: cmac_loop(texts), LOOPED),
            20,
        ),
    ]
    if peers is not None:
        for name, least in (("ff3", 250.0), ("fastfpe", 15.0)):
            cases.append((f"FF1 against {name}", encrypt, partial(peer_time, peers, name), least))
    answers = []
    for what, ours, theirs, bar in cases:
        own, ratio = compared(ours, theirs)
        note = f"{own:.0f} ns a value, {1000 / own:.1f} M values/s"
        answers.append(Figure(what, ratio, bar, most=False, note=note))
    return answers


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="the Python with requirements.txt of this folder")
    parser.add_argument("--json", action="store_true", help="one figure a line, for the harness")
    given = parser.parse_args()
    for figure in figures(given.peers):
        if given.json:
            say(figure)
        else:
            print("\t".join(figure.as_row()))


if __name__ == "__main__":
    main()
