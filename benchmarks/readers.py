"""Measure what closing off the process that reads a file costs: python -m benchmarks.readers.

The same small table is read in each way that goes here, in turns; the processor's seconds are those
of the child and of this process together.
"""

import os
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from unittest.mock import patch

from desensitize.confinement import measuring
from desensitize.confinement.ways import CONFINEMENTS, LIMITS_ALONE, Confinement
from desensitize.errors import TableError
from desensitize.tables import Limits, convert_in_child


def main() -> None:
    """Measure and print milliseconds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    began = time.perf_counter()
    found = measuring.measure()
    print(f"Finding the way took {(time.perf_counter() - began) * 1000:.0f} ms: {found}")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "upload"
        source.write_text("a,b\n" + "".join(f"{row},text {row}\n" for row in range(given.rows)))
        going = [one for one in CONFINEMENTS if _read(source, one) is not None]
        rounds = [[_read(source, one) for one in going] for _ in range(given.rounds)]
    for place, confinement in enumerate(going):
        spent = [each[place] for each in rounds]
        clock, processor = (median(one[part] for one in spent if one) for part in range(2))
        name = "limits alone" if confinement == LIMITS_ALONE else str(confinement)
        print(f"{clock:7.1f} ms by the clock, {processor:7.1f} ms of the processors: {name}")


def _read(source: Path, confinement: Confinement) -> tuple[float, float] | None:
    """Return the milliseconds of one file, by the clock and of the processors."""
    target = source.with_name("table.parquet")
    clock, processor = time.perf_counter(), sum(os.times()[:4])
    try:
        with patch.object(measuring, "_found", confinement):
            convert_in_child(source, target, filename="a.csv", limits=Limits())
    except TableError as refusal:
        if refusal.code != "reader-not-isolated":
            raise
        return None
    return (
        (time.perf_counter() - clock) * 1000,
        (sum(os.times()[:4]) - processor) * 1000,
    )


if __name__ == "__main__":
    main()
