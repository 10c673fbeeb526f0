"""Run every benchmark and print one table of figures: python -m benchmarks.run.

Each benchmark is a module of this package that says its figures as lines of JSON. It runs in a
process of its own; one that fails is named in the end, and the others go on.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from benchmarks.figures import Figure, heard, table_of

ROOT = Path(__file__).resolve().parent.parent
SIZED = ("masking", "shuffling", "cluster", "generalizing")
MANY = ("masking", "shuffling")
MODULES = (
    *(
        *SIZED,
        "attacking",
        "kernels",
        "anonymizing",
        "synthesizing",
        "treating",
        "coarsening",
        "detection",
    ),
    *(
        "learning",
        "labelling",
        "valuing",
        "regions",
        "desks",
        "ledger",
        "appraisal_page",
        "rows",
        "trades",
        "storefront",
    ),
)
# The argument by which a module is told where the peers are installed.
PEERS = {"kernels": "peers", "anonymizing": "pycanon", "synthesizing": "peers"}


def main() -> int:
    """Run the benchmarks and answer 1 when a bar is missed or a benchmark fails."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, help="rows of the masked table (5,000,000)")
    parser.add_argument("--many-rows", type=int, help="rows for peak memory (20,000,000; 0: none)")
    parser.add_argument("--data", type=Path, help="folder for the tables (build/benchmarks)")
    parser.add_argument("--peers", help="a Python with benchmarks/requirements.txt installed")
    parser.add_argument("modules", nargs="*", help="which benchmarks (all)")
    given = parser.parse_args()
    figures: list[Figure] = []
    failed = []
    for module in given.modules or MODULES:
        print(f"{module} …", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{module}", *_arguments(module, given.__dict__)],
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        figures += heard(done.stdout.splitlines())
        if done.returncode:
            failed.append(module)
    print(table_of(figures))
    for module in failed:
        print(f"The benchmark {module} failed.", file=sys.stderr)
    return 1 if failed or any(figure.holds is False for figure in figures) else 0


def _arguments(module: str, given: dict[str, object]) -> list[str]:
    asked: dict[str, object] = {}
    if module in SIZED:
        asked = {"rows": given["rows"], "data": given["data"]}
    if module in MANY:
        asked["many-rows"] = given["many_rows"]
    if module == "detection":
        asked = {"large-rows": given["rows"], "data": given["data"]}
    if module in PEERS:
        asked[PEERS[module]] = given["peers"]
    arguments = [
        part
        for name, value in asked.items()
        if value is not None
        for part in (f"--{name}", str(value))
    ]
    return [*arguments, "--json"] if module == "kernels" else arguments


if __name__ == "__main__":
    sys.exit(main())
