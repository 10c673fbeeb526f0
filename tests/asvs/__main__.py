"""`python -m tests.asvs`: draw rows that are met, switch each control off, and run its tests."""

from __future__ import annotations

import argparse
import random
import secrets
import sys
from dataclasses import replace

from marketplace.desk.asvs import Row, rows
from tests.mutants.listed import Mutant, mutants
from tests.mutants.trying import Trying

ALL = "all"


def drawn(seed: int, count: int) -> list[Row]:
    """Return so many of the rows that are met, or all, by a seed; in the order of the table."""
    met = [row for row in rows() if row.state == "met"]
    chosen = {row.number for row in random.Random(seed).sample(met, min(count, len(met)))}
    return [row for row in met if row.number in chosen]


def switched_off(row: Row, known: dict[str, Mutant]) -> Mutant:
    """Return the mutant of a row, with the tests that the row names and no others."""
    return replace(known[row.mutant], name=f"{row.number} {row.asks}", group="V", tests=row.tests)


def main() -> int:
    """Try the rows; answer 0 only where of each a named test fails without its control."""
    parser = argparse.ArgumentParser(prog="python -m tests.asvs", description=__doc__)
    parser.add_argument("--seed", type=int, help="the same seed draws the same rows")
    parser.add_argument("--rows", default="20", help=f"how many; {ALL} for every one that is met")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    parser.add_argument("--report", type=argparse.FileType("w"), help="write the lines there too")
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    count = len(rows()) if options.rows == ALL else int(options.rows)
    chosen = drawn(seed, count)
    numbers = ", ".join(row.number for row in chosen)
    print(f"Seed {seed} draws {len(chosen)} rows: {numbers}", flush=True)
    known = {mutant.name: mutant for mutant in mutants()}
    trying = Trying(jobs=options.jobs, report=options.report)
    return 0 if trying.all_killed([switched_off(row, known) for row in chosen]) else 1


if __name__ == "__main__":
    sys.exit(main())
