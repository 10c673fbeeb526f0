"""Measure the valuation library: Monte Carlo draws and exact Shapley values.

Run `python -m benchmarks.valuing`. Each figure is the median of rounds in one process, after one
round that is not counted; the peak memory is that of a process of its own.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.figures import Figure, say
from benchmarks.measuring import measured
from valuation import value

YEARS, ASSETS, OWNERS = 10, 4, 12
ROUNDS = 5


def excess_earnings(draws: int, kind: str = "triangular") -> dict[str, Any]:
    """Invent a model of ten years with four contributory assets: 54 uncertain inputs."""
    return {
        f"income_{kind}": [[700 + 10 * y, 900 + 10 * y, 1300 + 10 * y] for y in range(YEARS)],
        "assets": [
            {
                "name": f"asset {number}",
                f"balance_{kind}": [[80, 100, 130]] * YEARS,
                f"rate_{kind}": ["0.03", "0.05", "0.08"],
            }
            for number in range(ASSETS)
        ],
        "discount_rate": "0.12",
        "draws": draws,
        "seed": 1,
    }


def joint_game() -> dict[str, Any]:
    """Invent a table of what every coalition of twelve owners is worth."""
    players = [f"p{number}" for number in range(OWNERS)]
    worths = {
        "+".join(name for place, name in enumerate(players) if coalition >> place & 1): (
            coalition * 7919 % 10007
        )
        for coalition in range(1 << OWNERS)
    }
    return {"players": players, "v": worths | {"": 0}}


def draw_many(draws: int) -> None:
    """Draw the model once, for the measure of memory."""
    value("simulate", excess_earnings(draws))


def seconds(function: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of a call, by the clock and of the processors together."""
    function()
    clock, processor = [], []
    for _ in range(ROUNDS):
        started, spent = time.perf_counter(), time.process_time()
        function()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - spent)
    return statistics.median(clock), statistics.median(processor)


def main() -> None:
    """Measure and say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1_000_000)
    draws = parser.parse_args().draws
    size = f"{YEARS} years, {ASSETS} assets, {draws:,} draws"
    for kind in ("triangular", "pert"):
        inputs = excess_earnings(draws, kind)
        clock, processor = seconds(partial(value, "simulate", inputs))
        bar = 2 if kind == "triangular" else None
        say(Figure(f"excess earnings, {kind}", clock, bar, unit="s", note=size))
        say(Figure("its processor time", processor, unit="s", note=size))
    _, peak = measured(draw_many, draws)
    say(Figure("its peak memory", peak, unit="MB", note=size))
    game = joint_game()
    clock, _ = seconds(lambda: value("shapley", game))
    coalitions = f"{OWNERS} owners, {1 << OWNERS} coalitions"
    say(Figure("exact Shapley values", clock, 1, unit="s", note=coalitions))


if __name__ == "__main__":
    main()
