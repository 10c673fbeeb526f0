"""Measure the attackers on large releases: python -m benchmarks.attacking.

Singling out is measured on twelve columns of which no set holds together, so that all 793 sets of
at most four are counted, and on a release whose sets hold. Then every attacker by itself tries
three releases of invented persons: masked and shuffled, with an earlier release beside; a sample;
and one whose columns were drawn apart, which counts as a synthetic copy.
"""

import secrets
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.figures import Figure, say
from benchmarks.invented import invented_parquet
from benchmarks.masking import POLICIES
from benchmarks.measuring import spent
from desensitize.attacks import Earlier, Release
from desensitize.attacks.codes import coded
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.sets import search_sets
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy

SEED = 3
VALUES = (2, 2, 3, 5, 7, 10, 12, 16, 25, 40, 70, 100)
"""Different values of the twelve columns whose sets do not hold."""
FEW_VALUES = (2,) * 6 + (3,) * 4 + (4,) * 2
QUASI, SENSITIVE = ("city", "birth_date", "age", "sex"), ("income", "diagnosis")
SAMPLED = 0.5
KINDS = ("masked", "sampled", "drawn")


def drawn_columns(path: Path, rows: int, values: tuple[int, ...]) -> None:
    """Write columns of so many values, each drawn by itself, the small ones more often."""
    random = np.random.default_rng(SEED)
    table = {
        f"c{place}": (random.random(rows) ** 2 * most).astype(np.int32)
        for place, most in enumerate(values)
    }
    pl.DataFrame(table).write_parquet(path)


def singled_out(path: str) -> None:
    """Count all sets of at most four columns; as many as an attacker counts unless told."""
    search_sets(coded(Path(path)), k=5, known=4)


def release_of(kind: str, source: Path, folder: Path) -> Release:
    """Return a release of the source, written where it is not there."""
    released, earlier = folder / f"{kind}.parquet", folder / "earlier.parquet"
    policy = POLICIES["cmac"]
    if kind == "sampled":
        rules = (*policy.columns[:4], ColumnRule("card", "direct", "sample", {"share": SAMPLED}))
        policy = Policy((*rules, *policy.columns[5:]))
    if kind == "drawn":
        return Release(source, released, QUASI, SENSITIVE, is_synthetic=True)
    before = (Earlier(earlier, source),) if kind == "masked" else ()
    return Release(source, released, QUASI, SENSITIVE, policy=policy, earlier=before)


def write_releases(source: Path, folder: Path) -> None:
    """Write all releases; the earlier one has other pseudonyms and another width of age."""
    for kind in ("masked", "sampled"):
        release = release_of(kind, source, folder)
        assert release.policy is not None
        _run(release.policy, source, release.released, folder)
    wider = [
        replace(rule, options={"width": 15}) if rule.name == "age" else rule
        for rule in POLICIES["cmac"].columns
    ]
    _run(Policy(tuple(wider)), source, folder / "earlier.parquet", folder)
    table = pl.read_parquet(source, columns=[*QUASI, *SENSITIVE])
    random = np.random.default_rng(SEED)
    table.select(column.gather(random.permutation(len(table))) for column in table).write_parquet(
        folder / "drawn.parquet"
    )


def _run(policy: Policy, source: Path, target: Path, folder: Path) -> None:
    keys = KeyRing(secrets.token_bytes(32), dataset="benchmark", recipient="nobody")
    run_policy(source, target, policy, keys=keys, work=folder)


def attacked(attacker: str, kind: str, source: str, folder: str) -> None:
    """Let one attacker try one release."""
    ATTACKERS[attacker](release_of(kind, Path(source), Path(folder)), limit=0.05)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--only", choices=("sets", *KINDS), help="one part of it")
    given = parser.parse_args()
    folder: Path = given.data.absolute() / f"attacked-{given.rows}"
    folder.mkdir(parents=True, exist_ok=True)
    if given.only in (None, "sets"):
        for what, values in (("none holds", VALUES), ("all hold", FEW_VALUES)):
            path = folder / "sets.parquet"
            drawn_columns(path, given.rows, values)
            _say(f"all sets of four columns, of which {what}", given.rows, 60, singled_out, path)
    kinds = [kind for kind in KINDS if given.only in (None, kind)]
    if not kinds:
        return
    source = invented_parquet(folder, given.rows)
    write_releases(source, folder)
    for kind in kinds:
        for attacker in ATTACKERS:
            what = f"{attacker}, a release {kind}"
            _say(what, given.rows, None, attacked, attacker, kind, source, folder)


def _say(what: str, rows: int, bar: float | None, *asked: object) -> None:
    function, *arguments = asked
    assert callable(function)
    took = spent(function, *arguments)
    note = f"{rows:,} rows; of the processors {took.processor:.1f} s"
    say(Figure(what, took.seconds, bar, unit="s", note=note))
    say(Figure("its peak memory", took.megabytes, 1000, unit="MB", note=note))


if __name__ == "__main__":
    main()
