"""Measure how forty columns about persons become anonymous: python -m benchmarks.coarsening.

An invented survey: a few quasi-identifiers, many columns of few values, numbers, dates, columns
that go together or determine each other, empty cells. The policy makes the quasi-identifiers
coarser by classes and all other columns cell by cell; every attacker tries the release.
"""

import tempfile
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.figures import Figure, say
from benchmarks.measuring import spent
from desensitize.attacks import Release
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.verdict import judge
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Closeness, Diversity
from desensitize.treatments.usefulness import Usefulness

KEY = bytes(range(32))
FLAGS = (
    "owns_car", "owns_home", "has_pet", "smokes", "licensed", "insured", "subscribed",
    "volunteers", "travelled", "studies", "retired", "self_employed",
)  # fmt: skip
RATINGS = (
    "health", "transport", "safety", "schools", "shops", "parks", "noise", "neighbours",
)  # fmt: skip
QUASI = ("age", "sex", "region", "education", "marital_status", "occupation")
SENSITIVE = ("illness",)


def survey(rows: int, seed: int = 1) -> pl.DataFrame:
    """Invent a survey of forty columns."""
    random = np.random.default_rng(seed)
    wealth, age = random.normal(size=rows), random.integers(18, 90, rows)
    old = (age - 54) / 21
    city = np.minimum(random.zipf(1.6, rows), 40) - 1

    def graded(mean: np.ndarray, top: int, spread: float = 1.0) -> np.ndarray:
        return np.clip(np.round(mean + random.normal(0, spread, rows)), 0, top).astype(np.int64)

    columns: dict[str, object] = {
        "age": age,
        "sex": np.where(random.random(rows) < 0.51, "female", "male"),
        "region": [f"region {one // 4}" for one in city],
        "city": [f"city {one}" for one in city],
        "city_code": 3000 + 7 * city,
        "education": [f"level {one}" for one in graded(2.5 + wealth, 5)],
        "marital_status": [
            ("single", "married", "divorced", "widowed")[one] for one in graded(1 + old, 3, 0.7)
        ],
        "occupation": [f"work {one}" for one in graded(5 + 2 * wealth, 10, 2.0)],
        "illness": [
            ("none", "cold", "back pain", "asthma", "diabetes", "heart")[one]
            for one in graded(1 + old, 5, 1.5)
        ],
        "household": 1 + graded(1.5 - old, 6),
        "children": graded(1 - old * 0.3, 4),
        "rooms": 1 + graded(2 + wealth, 7),
        "hours": graded(38 - 8 * np.maximum(0, old), 70, 6),
        "commute": 5 * graded(5 + 0 * old, 18, 3),
        "cigarettes": np.where(random.random(rows) < 0.8, 0, graded(8 + 0 * old, 40, 5)),
        "trips": graded(1 + wealth, 12),
        "floor": graded(2 + 0 * old, 20, 3),
        "spending": 100 * graded(20 + 8 * wealth, 90, 6),
        "joined": [date.fromordinal(735_000 + int(one)) for one in random.integers(0, 3650, rows)],
        "visited": [date.fromordinal(738_600 + int(one)) for one in random.integers(0, 365, rows)],
    }
    for place, name in enumerate(FLAGS):
        lean = (place - 6) / 3 + (wealth if place % 2 else old) * 0.8
        columns[name] = np.where(random.random(rows) < 1 / (1 + np.exp(-lean)), "yes", "no")
    for place, name in enumerate(RATINGS):
        columns[name] = 1 + graded(2 + 0.3 * place / 4 + 0.5 * wealth, 4, 0.8)
    table = pl.DataFrame(columns)
    empty = {"commute": 0.1, "spending": 0.05, "health": 0.03, "visited": 0.2}
    return table.with_columns(
        pl.when(pl.Series(random.random(rows) >= share)).then(pl.col(name)).alias(name)
        for name, share in empty.items()
    )


def policy_for(table: pl.DataFrame, *, closeness: float | None = 0.4) -> Policy:
    """Return a policy that makes every column coarser but the sensitive ones."""
    rules = []
    for name in table.columns:
        if name in SENSITIVE:
            close = None if closeness is None else Closeness(closeness)
            rules.append(ColumnRule(name, "sensitive", "keep", {}, Diversity(2), close))
        else:
            role = "quasi" if name in QUASI else "other"
            rules.append(ColumnRule(name, role, "generalize"))
    return Policy(tuple(rules))


def coarsened(path: str, target: str) -> None:
    """Make the release."""
    source = Path(path)
    policy = policy_for(pl.read_parquet(source))
    run_policy(source, Path(target), policy, keys=KeyRing(KEY), work=Path(target).parent)


def attacked(path: str, target: str, told: str) -> None:
    """Let every attacker try the release, and keep the verdict."""
    source = Path(path)
    policy = policy_for(pl.read_parquet(source))
    release = Release(
        source,
        Path(target),
        QUASI,
        SENSITIVE,
        hierarchies=made_hierarchies(policy, source),
        policy=policy,
    )
    Path(told).write_text(str(judge(release).verdict), encoding="utf-8")


def described(source: Path, target: Path) -> tuple[float, float]:
    """Return the share of cells that are “*”, and the usefulness of the release."""
    table, released = pl.read_parquet(source), pl.read_parquet(target)
    names = [name for name in table.columns if name not in SENSITIVE]
    hidden = released.select((pl.col(names).cast(pl.String) == "*").mean()).mean_horizontal()
    policy = policy_for(table)
    release = Release(source, target, hierarchies=made_hierarchies(policy, source), policy=policy)
    left_out = 1 - released.height / table.height
    return float(hidden.item()), Usefulness(source, table.columns).of(release, left_out=left_out)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 50_000])
    for rows in parser.parse_args().rows:
        with tempfile.TemporaryDirectory() as folder:
            source, target, told = (Path(folder) / name for name in ("source", "made", "told"))
            survey(rows).write_parquet(source)
            took, tried = spent(coarsened, source, target), spent(attacked, source, target, told)
            hidden, useful = described(source, target)
            note = f"{rows:,} × 40; {told.read_text(encoding='utf-8')}"
            say(Figure("made, of the processors", took.processor, 60, unit="s", note=note))
            say(Figure("its peak memory", took.megabytes, 1000, unit="MB", note=note))
            say(Figure("attacked, of the processors", tried.processor, 300, unit="s", note=note))
            say(Figure("its peak memory", tried.megabytes, 1000, unit="MB", note=note))
            say(Figure("cells that are “*”", 100 * hidden, 50, unit="%", note=note))
            say(Figure("usefulness", 100 * useful, 45, most=False, unit="%", note=note))


if __name__ == "__main__":
    main()
