"""Confident learning flags what its authors' own program flags."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from marketplace.annotation.mislabels.confident import confident_joint, doubts_of
from tests.annotation.judges.test_judges import Judge

CLEANLAB = """
import json, sys
from pathlib import Path
import numpy as np
from cleanlab.count import compute_confident_joint
from cleanlab.filter import find_label_issues

found = []
for table in json.loads((Path(sys.argv[1]) / "tables.json").read_text(encoding="utf-8")):
    labels, shares = np.array(table["labels"]), np.array(table["shares"])
    flagged = find_label_issues(
        labels, shares, filter_by="confident_learning", return_indices_ranked_by="self_confidence",
        n_jobs=1,
    )
    joint = compute_confident_joint(labels, shares, calibrate=False)
    found.append({"flagged": flagged.tolist(), "joint": joint.tolist()})
print(json.dumps(found))
"""


def tables() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return labels and shares of some random tables: of few and many classes, and of few items."""
    chance, found = np.random.default_rng(20_18), []
    for number in range(12):
        size, items = 2 + number % 5, 40 + 60 * (number % 4)
        true = chance.integers(0, size, items)
        shares = chance.dirichlet(np.full(size, 0.7), items)
        shares[np.arange(items), true] += chance.uniform(0.2, 1.5)
        shares /= shares.sum(axis=1, keepdims=True)
        wrong = chance.random(items) < 0.2
        labels = np.where(wrong, chance.integers(0, size, items), true)
        labels[: 2 * size] = np.tile(np.arange(size), 2)
        found.append((labels, shares))
    return found


def test_cleanlab_flags_the_same_items(judge: Judge, tmp_path: Path) -> None:
    """In the same order, from the same confident joint."""
    told = [{"labels": labels.tolist(), "shares": shares.tolist()} for labels, shares in tables()]
    (tmp_path / "tables.json").write_text(json.dumps(told), encoding="utf-8")
    found = json.loads(judge("cleanlab", CLEANLAB, tmp_path))
    assert sum(len(one["flagged"]) for one in found) > 100
    for (labels, shares), theirs in zip(tables(), found, strict=True):
        assert [one.place for one in doubts_of(labels, shares)] == theirs["flagged"]
        joint, _counted = confident_joint(labels, shares)
        off = ~np.eye(len(joint), dtype=bool)
        assert (joint[off] == np.array(theirs["joint"])[off]).all()
