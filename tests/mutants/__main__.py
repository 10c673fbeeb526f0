"""`python -m tests.mutants [WORD …]`: put each fault in, and tell which test finds it."""

from __future__ import annotations

import argparse
import sys

from tests.mutants.listed import mutants
from tests.mutants.trying import Trying


def main() -> int:
    """Try the mutants; answer 0 only where each was killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only those whose group, file or name has a word")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    parser.add_argument(
        "--whole", action="store_true", help="run all of `make tests` on what its own tests miss"
    )
    parser.add_argument("--report", type=argparse.FileType("w"), help="write the lines there too")
    options = parser.parse_args()
    trying = Trying(jobs=options.jobs, whole=options.whole, report=options.report)
    return 0 if trying.all_killed(mutants(*options.words)) else 1


if __name__ == "__main__":
    sys.exit(main())
