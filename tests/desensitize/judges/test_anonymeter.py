"""The package `anonymeter` and this library count the same successes of the same guesses.

It lives in an environment of its own, since it caps numpy.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from desensitize.attacks.predicates import Asked, fitting, guesses_of_rows, plain_guesses
from desensitize.cli import main
from tests.desensitize.attacks.drawing import drawn_by_chain

PATIENCE = 300
PROGRAM = """
import json, operator, sys
from functools import reduce
import numpy, polars
from anonymeter.evaluators import singling_out_evaluator as judge

source, released, theirs = sys.argv[1:4]
# It looks at each different row once.
source, released = (
    polars.read_parquet(path).unique(maintain_order=True) for path in (source, released)
)
SIGNS = {"Eq": "==", "LtEq": "<=", "GtEq": ">="}
COMPARED = {"==": operator.eq, "<=": operator.le, ">=": operator.ge}

def conditions(tree):
    tree = tree["BinaryExpr"]
    if tree["op"] == "And":
        return conditions(tree["left"]) + conditions(tree["right"])
    value = tree["right"]["Literal"]
    while isinstance(value, dict):
        [value] = value.values()
    return [[tree["left"]["Column"], SIGNS[tree["op"]], value]]

queries = judge.multivariate_singling_out_queries(
    df=released, n_queries=400, n_cols=3, max_attempts=20000, rng=numpy.random.default_rng(5)
)
queries += judge.univariate_singling_out_queries(
    df=released, n_queries=50, rng=numpy.random.default_rng(5)
)
mine = [
    reduce(operator.and_, (COMPARED[sign](polars.col(name), value) for name, sign, value in guess))
    for guess in json.load(open(theirs))
]
print(json.dumps({
    "guesses": [conditions(json.loads(query.meta.serialize(format="json"))) for query in queries],
    "right": sum(count == 1 for count in judge._evaluate_queries(source, queries)),
    "unique": sum(count == 1 for count in judge._evaluate_queries(released, mine)),
    "right_of_given": sum(count == 1 for count in judge._evaluate_queries(source, mine)),
}))
"""


def judged(judges: Path, folder: Path, *paths: Path) -> Any:
    done = subprocess.run(
        [str(judges), "-W", "ignore", "-c", PROGRAM, *map(str, paths)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_both_count_the_same_successes(
    judges: Path, adult_table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of its guesses as this library counts them, and of this library's as it counts them."""
    source, released = tmp_path / "source.parquet", tmp_path / "released.parquet"
    own, theirs = tmp_path / "own.json", tmp_path / "theirs.json"
    people = pl.read_parquet(adult_table).head(1500)
    people.write_parquet(source)
    copy = pl.concat([people.head(750), drawn_by_chain(people, noise=5).tail(750)])
    copy.write_parquet(released)
    different = copy.unique(maintain_order=True)
    guesses = guesses_of_rows(Asked(different), 400, 3, np.random.default_rng(1)).found
    own.write_text(json.dumps(list(plain_guesses(guesses))), encoding="utf-8")
    found = judged(judges, tmp_path, source, released, own)
    assert found["unique"] == len(guesses) > 300
    right = fitting(Asked(people.unique(maintain_order=True)), guesses).count(1)
    assert found["right_of_given"] == right > 0

    theirs.write_text(json.dumps(found["guesses"]), encoding="utf-8")
    asked = ["attack", source, released, "--qi", "age,sex", "--sensitive", ""]
    game = ["--game", "anonymeter", "--guesses", theirs, "--json"]
    assert main([*map(str, asked), *map(str, game)]) == 3
    attackers = json.loads(capsys.readouterr().out)["attackers"]
    [singled] = [one for one in attackers if one["name"] == "singling out"]
    assert singled["figures"]["given_guesses"] == len(found["guesses"]) > 300
    assert singled["figures"]["given_right"] == found["right"] > 0
    # It makes guesses as often right as this library's own, up to the chance of the draw.
    assert singled["rate"] == pytest.approx(right / len(guesses), abs=0.12)
