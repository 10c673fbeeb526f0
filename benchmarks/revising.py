"""Measure the line of a feed of persons: python -m benchmarks.revising.

A product grows day by day, each day's rows a revision. Measured is the line of one more day: rows
recoded by the labels in force, masked and shuffled, counted, and tried by every attacker, alone and
by all that the days before told. Once into a product that has many rows already, and once into an
empty one, which chooses labels. A table that goes on, in which most rows are those of before, is
masked whole at every revision: its cost follows its rows, and is not measured here.

What the days before told stays in the folder of `--data`, and the next run goes on from it.
"""

from argparse import ArgumentParser
from pathlib import Path
from shutil import rmtree

import numpy as np
import polars as pl

from benchmarks.figures import Figure, say
from benchmarks.measuring import Spent, spent
from desensitize.attacks import Release
from desensitize.attacks.composition import NAME
from desensitize.attacks.contract import Attack
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.over_time import over_time
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import judge
from desensitize.crypto import KeyRing
from desensitize.engines import Life, RunResult, run_policy
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Diversity
from desensitize.revisions import Asked, Before, Enough, Part, Revised, Told, revise, shuffled

KNOWN, SENSITIVE = ("age", "sex", "town"), ("illness",)
ROWS_A_PERSON = 4
"""So many rows a person has in all days together, on average."""
BUILT = 500_000
"""Rows of each day before; a few long days are made sooner than many short ones."""
MADE = "days-made"
POLICY = Policy(
    (
        ColumnRule("number", "direct", "drop"),
        ColumnRule("age", "quasi", "generalize"),
        ColumnRule("sex", "quasi", "generalize"),
        ColumnRule("town", "quasi", "generalize"),
        ColumnRule("illness", "sensitive", "keep", diversity=Diversity(3)),
        ColumnRule("ward", "other", "keep"),
    ),
    person="number",
)


def write_day(path: Path, rows: int, persons: int, seed: int) -> None:
    """Invent the rows of one day, of whomever of so many persons comes; what he is, he stays."""
    random = np.random.default_rng(seed)
    number = random.integers(0, persons, rows)
    fixed = number * 2654435761 % 2**32
    pl.DataFrame(
        {
            "number": number,
            "age": 18 + fixed // 7 % 70,
            "sex": fixed // 3 % 2,
            "town": pl.Series(fixed // 11 % 40).cast(pl.String),
            "illness": pl.Series(fixed // 13 % 30).cast(pl.String),
            "ward": pl.Series(random.integers(0, 3, rows)).cast(pl.String),
        }
    ).write_parquet(path)


def told_in(folder: Path) -> Told | None:
    """Return what the days before told."""
    parts = sorted(folder.glob("told-*"))
    return Told(tuple(Part(one) for one in parts)) if parts else None


def made_day(folder: Path, day: str, into: Path) -> tuple[RunResult, Revised]:
    """Make a revision of the day's rows."""
    told = told_in(into)
    source, target, aligned = (folder / f"{name}-{day}.parquet" for name in ("s", "r", "a"))
    keys = KeyRing(bytes(32), dataset="benchmark", release=day)
    recoding = told.last.recoding if told else None
    life = Life(recoding)
    run = run_policy(source, target, POLICY, keys=keys, work=folder, life=life, aligned=aligned)
    made = revise(
        aligned,
        target,
        pl.scan_parquet(source),
        asked=Asked(KNOWN, SENSITIVE, POLICY.person, Enough(5), bytes(16)),
        before=None if told is None else Before(told, target, goes_on=False),
        recoding=run.recoding,
        folder=folder / f"told-{day}",
        shuffle=lambda one, other: shuffled(one, other, keys=keys, work=folder),
    )
    aligned.unlink()
    return run, made


def build(folder: str, rows: int) -> None:
    """Make a product of so many rows, half a million a day, from the first day that is not made."""
    place = Path(folder)
    for number, start in enumerate(range(0, rows, BUILT)):
        size, day = min(BUILT, rows - start), f"{number:04d}"
        if number < days_made(place):
            continue
        rmtree(place / f"told-{day}", ignore_errors=True)
        write_day(place / f"s-{day}.parquet", size, max(1, rows // ROWS_A_PERSON), number)
        made_day(place, day, place)
        for name in ("s", "r"):
            (place / f"{name}-{day}.parquet").unlink()
        (place / MADE).write_text(str(number + 1))


def days_made(folder: Path) -> int:
    """Return how many days of a product are made to their end."""
    return int((folder / MADE).read_text()) if (folder / MADE).exists() else 0


def line(folder: str, into: str, attacked: bool) -> None:
    """Send one more day through the line, and let every attacker try it."""
    place = Path(folder)
    rmtree(place / "told-new", ignore_errors=True)
    source, target = place / "s-new.parquet", place / "r-new.parquet"
    run, made = made_day(place, "new", Path(into))
    if not attacked:
        return
    release = Release(
        source,
        target,
        KNOWN,
        SENSITIVE,
        person=POLICY.person,
        policy=POLICY,
        hierarchies=made_hierarchies(POLICY, source, run.recoding),
    )

    def composed(_release: Release, /, *, limit: float) -> Attack:
        return over_time(made.candidates, came=None, left=None, known=KNOWN, k=5, limit=limit)

    judged = judge(release, attackers={**ATTACKERS, NAME: composed})
    print(judged.verdict, made.candidates.before, [one.code for one in judged.reasons])


def _line(folder: Path, into: Path, rows: int, persons: int, *, attacked: bool) -> Spent:
    write_day(folder / "s-new.parquet", rows, persons, 10_000)
    return spent(line, folder, into, attacked)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000, help="rows of the product")
    parser.add_argument("--new", type=int, default=100_000, help="rows of the day that comes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    given = parser.parse_args()
    folder: Path = given.data.absolute() / f"revised-{given.rows}"
    empty = folder / "empty"
    empty.mkdir(parents=True, exist_ok=True)
    if days_made(folder) < -(-given.rows // BUILT):
        took = spent(build, folder, given.rows)
        say(Figure("the days before, without attackers", took.seconds, unit="s"))
    persons = max(1, given.rows // ROWS_A_PERSON)
    note = f"{given.new:,} rows into {given.rows:,}"
    for what, attacked in (("the line with its attackers", True), ("recoded and counted", False)):
        full, alone = [], []
        for _ in range(given.rounds):
            full.append(_line(empty, folder, given.new, persons, attacked=attacked))
            alone.append(_line(empty, empty / "none", given.new, persons, attacked=attacked))
        ratios = sorted(
            one.processor / other.processor for one, other in zip(full, alone, strict=True)
        )
        bar = 1.5 if attacked else None
        say(Figure(f"{what}, by an empty product", ratios[len(ratios) // 2], bar, note=note))
        middle = sorted(full)[len(full) // 2]
        first = sorted(alone)[len(alone) // 2]
        clock = f"by the clock {middle.seconds:.1f} s, into the empty one {first.seconds:.1f} s"
        say(Figure("of the processors", middle.processor, unit="s", note=clock))
        say(Figure("its peak memory", max(one.megabytes for one in full), unit="MB", note=note))


if __name__ == "__main__":
    main()
