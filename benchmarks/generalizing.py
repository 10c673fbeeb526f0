"""Compare an anonymized copy, from file to file, with a plain one.

Run by: python -m benchmarks.generalizing
"""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, say
from benchmarks.invented import invented_parquet
from benchmarks.masking import copied
from benchmarks.measuring import measured, ratio
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy

DIRECT = ("id_number", "name", "mobile", "email", "card", "address")
KEPT = (*DIRECT, "income", "diagnosis")
QUASI = ("city", "sex", "age", "birth_date")


def policy(*generalized: str) -> Policy:
    """Return a policy that generalizes some columns and keeps all others.

    Kept, so that the copy is as wide as the plain one.
    """
    return Policy(
        (
            *(ColumnRule(name, "other", "keep") for name in KEPT),
            *(
                ColumnRule(name, "quasi", "generalize")
                if name in generalized
                else ColumnRule(name, "other", "keep")
                for name in QUASI
            ),
        ),
        # Shuffling is measured by itself.
        order="source",
    )


def anonymized(source: str, target: str, generalized: str) -> None:
    """Search, join the labels and write, with classes of at least five."""
    rules = policy(*generalized.split())
    run_policy(Path(source), Path(target), rules, keys=None, work=Path(target).parent)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    folder: Path = given.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    source, target = invented_parquet(folder, given.rows), str(folder / "result.parquet")
    for generalized in ("age city sex", "birth_date city sex"):
        by_copy, peak = ratio(
            partial(measured, anonymized, source, target, generalized),
            partial(measured, copied, source, target),
            rounds=given.rounds,
        )
        note = f"{given.rows:,} × 12; {generalized}; k = 5"
        say(Figure("anonymized end to end, by plain copy", by_copy, 3.5, note=note))
        say(Figure("its peak memory", peak, 1000, unit="MB", note=note))


if __name__ == "__main__":
    main()
