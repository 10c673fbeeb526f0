"""Measure what an order of its own adds to a run: python -m benchmarks.shuffling.

A run keeps every column, so that none becomes short: once in the order of the source, once
shuffled, and between them polars copies the same file as it comes.
"""

from argparse import ArgumentParser
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, say
from benchmarks.invented import invented_parquet
from benchmarks.masking import copied, masked
from benchmarks.measuring import Spent, measured, spent


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--many-rows", type=int, default=20_000_000)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    folder: Path = given.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    target = str(folder / "result.parquet")
    for rows, rounds in ((given.rows, given.rounds), (given.many_rows, 1)):
        if rows:
            table = invented_parquet(folder, rows)
            # In the page cache before the first clock starts.
            measured(copied, table, target)
            _say(f"{rows:,} × 12", [_round(table, target) for _ in range(rounds)])


def _round(table: Path, target: str) -> tuple[Spent, Spent, Spent]:
    """Return what a copy, a run in the order of the source and a shuffled run took."""
    return (
        spent(copied, table, target),
        spent(masked, table, target, "whole", "source"),
        spent(masked, table, target, "whole", "shuffled"),
    )


def _say(note: str, rounds: list[tuple[Spent, Spent, Spent]]) -> None:
    """Say the medians of what shuffling adds, by a plain copy, and its worst peak."""
    for place, clock, bar in ((0, "", 0.6), (1, ", by the processors", None)):
        added = median((last[place] - run[place]) / copy[place] for copy, run, last in rounds)
        took = ", ".join(f"{median(each[part][place] for each in rounds):.1f}" for part in range(3))
        told = f"{note}; a copy, in order, shuffled: {took} s"
        say(Figure(f"shuffling, added to a run, by plain copy{clock}", added, bar, note=told))
    peak = max(last.megabytes for *_, last in rounds)
    say(Figure("its peak memory", peak, 1000, unit="MB", note=note))


if __name__ == "__main__":
    main()
