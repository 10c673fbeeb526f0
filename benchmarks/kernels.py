"""Measure the kernels of the masks, a thread, against loops in Python and two packages.

Run `python -m benchmarks.kernels`; with `--json` one figure a line. All times are of processors,
so that further threads make nothing look quicker. The peers `ff3` and `fastfpe` come from
`requirements.txt` beside this file; a figure without its peer is left out and said so.
"""

import argparse
import hmac
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from benchmarks.figures import Figure, say
from desensitize.crypto import Ff1, aes_cmac, hmac_sha256

KEY = bytes(range(32))
TWEAK = b"benchmark"
ROUNDS = 5
DIGITS = "0123456789"
BATCH = 100_000
"""Values in a batch, about as many as the engine hands to a kernel at once."""

LOOPED = 20_000
"""Values that a slow peer gets in each round."""


def mobiles(rows: int) -> pl.Series:
    """Invent different texts of 11 digits."""
    return pl.Series("mobile", [f"13{number * 7919 % 10**9:09d}" for number in range(rows)])


def nanoseconds(function: Callable[[], object], values: int) -> float:
    """Answer the time that processors spent on a value, over all threads."""
    started = time.process_time_ns()
    function()
    return (time.process_time_ns() - started) / values


def compared(
    ours: Callable[[], object], values: int, theirs: Callable[[], object], looped: int
) -> tuple[float, float]:
    """Answer the median over rounds, taken in turns, of our time a value and of theirs by ours."""
    ours()
    mine, ratios = [], []
    for _ in range(ROUNDS):
        other = nanoseconds(theirs, looped)
        mine.append(nanoseconds(ours, values))
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


def ff3_loop(peer: Any, texts: list[str]) -> list[str]:
    """Encrypt value by value with `ff3`, which is the other mode of the standard."""
    cipher = peer.FF3Cipher(KEY.hex(), TWEAK[:7].hex())
    return [cipher.encrypt(text) for text in texts]


def fastfpe_loop(peer: Any, texts: list[str]) -> list[str]:
    """Encrypt value by value with `fastfpe`."""
    key, tweak = KEY.hex(), TWEAK.hex()
    return [peer.encrypt(key, tweak, DIGITS, text) for text in texts]


def figures() -> list[Figure]:
    """Measure every kernel."""
    column, texts = mobiles(BATCH), mobiles(LOOPED).to_list()
    cipher = Ff1(KEY, TWEAK)
    cases: list[tuple[str, Callable[[], object], Callable[[], object] | None, float]] = [
        ("HMAC-SHA256 against a Python loop", lambda: hmac_sha256(column, KEY.hex()),
         lambda: hmac_loop(texts), 6),
        ("AES-CMAC against a Python loop", lambda: aes_cmac(column, KEY),
         lambda: cmac_loop(texts), 20),
        ("FF1 against ff3", lambda: cipher.encrypt(column), _peer("ff3", ff3_loop, texts), 250),
        ("FF1 against fastfpe", lambda: cipher.encrypt(column),
         _peer("fastfpe.ff1", fastfpe_loop, texts), 15),
    ]  # fmt: skip
    answers = []
    for what, ours, theirs, bar in cases:
        if theirs is None:
            continue
        own, ratio = compared(ours, BATCH, theirs, LOOPED)
        note = f"{own:.0f} ns a value, {1000 / own:.1f} M values/s"
        answers.append(Figure(what, ratio, bar, most=False, note=note))
    return answers


def _peer(
    name: str, loop: Callable[[Any, list[str]], list[str]], texts: list[str]
) -> Callable[[], object] | None:
    try:
        peer = import_module(name)
    except ImportError:
        print(f"{name} is not installed; install benchmarks/requirements.txt", file=sys.stderr)
        return None
    return lambda: loop(peer, texts)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one figure a line, for the harness")
    as_json = parser.parse_args().json
    for figure in figures():
        if as_json:
            say(figure)
        else:
            print("\t".join(figure.as_row()))


if __name__ == "__main__":
    main()
