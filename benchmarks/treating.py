"""Measure how long treatments of a table take to try: python -m benchmarks.treating.

Two tables as an officer first sees them: UCI Adult with its nine attributes, and the whole survey
with fifteen columns, which the demo sells. The policy is the one that is proposed, the roles are
those that detectors see; every treatment is made and attacked, on the part that is tried.
"""

import io
import lzma
import tempfile
from argparse import ArgumentParser
from pathlib import Path

import polars as pl

from benchmarks.anonymizing import adult_table
from benchmarks.figures import Figure, say
from benchmarks.measuring import spent
from desensitize.detectors import classify_table
from desensitize.policy import propose_policy
from desensitize.treatments import try_treatments

SURVEY = Path(__file__).parent.parent / "marketplace" / "desk" / "story" / "data" / "adult.csv.xz"


def survey_table() -> pl.DataFrame:
    """Read the whole survey."""
    text = lzma.decompress(SURVEY.read_bytes())
    return pl.read_csv(io.BytesIO(text), null_values="?", infer_schema_length=None)


TABLES = {"UCI Adult": adult_table, "the survey": survey_table}


def tried(path: str, told: str) -> None:
    """Try treatments of a table, and keep what each reached."""
    table = Path(path)
    seen = classify_table(table)
    roles = {one.name: one.role for one in seen}
    answer = try_treatments(table, propose_policy(seen), roles=roles)
    lines = [
        f"{one.verdict} {one.usefulness} {one.excess} {one.steps}" for one in answer.treatments
    ]
    Path(told).write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=TABLES, help="one of the tables")
    parser.add_argument("--told", type=Path, help="a file for what each treatment reached")
    given = parser.parse_args()
    kept = ""
    for name, read in TABLES.items():
        if given.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            table, told = Path(folder) / "table.parquet", Path(folder) / "told"
            read().write_parquet(table)
            took = spent(tried, table, told)
            lines = told.read_text(encoding="utf-8").splitlines()
        kept += "".join(f"{name}: {line}\n" for line in lines)
        note = f"{name}, {len(lines)} treatments; {took.seconds:.0f} s by the clock"
        say(Figure("treatments tried, of the processors", took.processor, 60, unit="s", note=note))
        say(Figure("its peak memory", took.megabytes, 1000, unit="MB", note=note))
    if given.told:
        given.told.write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
