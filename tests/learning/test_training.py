"""Training as plain computing: splits, scores, refusals, exports, and what can be forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import accuracy_score, f1_score, log_loss

from marketplace.learning.training.declaration import (
    Declaration,
    Family,
    Feature,
    Kind,
    Split,
    SplitKind,
)
from marketplace.learning.training.ensemble import Former, fit
from marketplace.learning.training.errors import SENTENCES, TrainingError
from marketplace.learning.training.exporting import to_onnx
from marketplace.learning.training.membership import membership
from marketplace.learning.training.running import Runner
from marketplace.learning.training.scores import scores
from marketplace.learning.training.supervision import FormerFile, Limits, train_in_child
from marketplace.learning.training.table import Inputs, read_table
from marketplace.learning.training.work import bytes_of, renewed, shards_said, train
from marketplace.trading.listings.sheet.model import interval_reason
from tests.given import hotline
from tests.learning.tables import declaration, messages, noise, numbers, of_messages, written

CASES = {
    "linear": (numbers, declaration(Family.LINEAR)),
    "trees": (numbers, declaration(Family.BOOSTING, settings={"max_iter": 12.0})),
    "trees in shards": (
        numbers,
        declaration(Family.BOOSTING, shards=3, settings={"max_iter": 5.0}),
    ),
    "texts": (messages, of_messages(settings={"most_features": 300.0})),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_the_exported_model_is_the_trained_one(case: str, folder: Path) -> None:
    """Also on rows that it never saw, with values that nobody has, and none at all."""
    make, declared = CASES[case]
    table = read_table([written(make(), folder)], declared)
    trained = fit(table, ~table.held)
    strange = _strange(table.inputs)
    runner = Runner(to_onnx(trained))
    for inputs in (table.inputs, strange):
        difference = np.abs(runner.probabilities(inputs) - trained.probabilities(inputs))
        assert difference.max() <= 1e-6
    assert to_onnx(fit(table, ~table.held)) == to_onnx(trained)


def _strange(inputs: Inputs) -> Inputs:
    some = inputs.at(slice(0, 300))
    missing = np.full_like(some.numbers, np.nan)
    if missing.size:
        missing[100:] = np.random.default_rng(9).normal(size=missing[100:].shape) * 50
    texts = some.texts.copy()
    if texts.size:
        texts[:4, 0] = ["", "\n 路 灯\n", "🦜路灯坏了", "#" * 50]
    unknown = np.full_like(some.categories, "nowhere")
    return Inputs(missing, unknown, texts)


def test_a_model_is_trained_and_measured(folder: Path) -> None:
    """In the child that is closed off; what is trained there again gives the same bytes."""
    path, steps = written(numbers(), folder), []
    declared = declaration(by=("district",), shards=2, split=Split(SplitKind.GROUP, "group"))
    report = train_in_child(
        [path], declared, folder / "one.onnx", tell=lambda share, step: steps.append((share, step))
    )
    first, second = report["shards"]
    former = FormerFile(folder / "one.onnx", [first, second | {"rows_sha256": "of other rows"}])
    stated = Declaration.from_dict(report["declaration"])
    again = train_in_child([path], stated, folder / "two.onnx", former=former)
    assert [one["is_kept"] for one in again["shards"]] == [True, False]
    assert (folder / "one.onnx").read_bytes() == (folder / "two.onnx").read_bytes()
    assert report["sha256"] == again["sha256"]
    assert [step for _, step in steps] == sorted(
        (step for _, step in steps), key=["read", "fit", "score", "export", "attack", "keep"].index
    )
    assert [share for share, _ in steps] == sorted(share for share, _ in steps)
    measured = report["scores"]["measured"]["macro_f1"]
    assert report["scores"]["baseline"]["macro_f1"] < measured["low"] <= measured["value"]
    assert 0 < report["membership"]["upper_bound"] <= 0.05
    assert report["export"]["difference"] <= 1e-6
    assert {one["value"] for one in report["scores"]["groups"]["district"]} == {
        "north", "south", "east",
    }  # fmt: skip
    assert report["scores"]["calibration"]["error"] < 0.1
    assert report["scores"]["units"] < 40 < report["scores"]["rows"]
    json.dumps(report, allow_nan=False)


def test_an_overfitted_model_is_refused(folder: Path) -> None:
    """Whose members are told apart nearly always."""
    features = (Feature("first", Kind.NUMBER), Feature("second", Kind.NUMBER))
    settings = {"max_iter": 15.0, "max_leaf_nodes": 255.0, "min_samples_leaf": 1.0}
    declared = declaration(
        Family.BOOSTING,
        features=features,
        settings=settings | {"l2_regularization": 0.0, "learning_rate": 0.5},
    )
    table = read_table([written(noise(), folder)], declared)
    found = membership(table, fit(table, ~table.held).shards[0].settings)
    assert not found["passed"]
    assert found["advantage"] > 0.5
    with pytest.raises(TrainingError) as refused:
        train([written(noise(), folder)], declared, folder / "model.onnx")
    assert refused.value.code == "baseline-not-beaten"
    assert not (folder / "model.onnx").exists()


def test_a_wide_interval_says_why(folder: Path) -> None:
    """Of few groups, held out as wholes, the interval is wide whatever the number of rows."""
    table = noise().with_columns(group=pl.Series([row % 12 for row in range(noise().height)]))
    declared = declaration(
        features=(Feature("first", Kind.NUMBER), Feature("second", Kind.NUMBER)),
        split=Split(SplitKind.GROUP, "group"),
    )
    with pytest.raises(TrainingError) as refused:
        train([written(table, folder)], declared, folder / "model.onnx")
    assert refused.value.code == "baseline-not-beaten-by-groups"
    units = refused.value.parameters["units"]
    assert refused.value.parameters["rows"] == 50 * int(units)
    assert f"form {units} groups" in str(refused.value)
    assert interval_reason({"rows": 300, "units": 300}) == interval_reason({"rows": 300}) == ""
    assert "300 rows are of 6 groups" in interval_reason({"rows": 300, "units": 6})


def test_a_release_in_another_order_is_attacked_alike(folder: Path) -> None:
    """Masked versions are shuffled each time anew, which says nothing of who was in."""
    whole = numbers(300)
    declared = declaration(Family.LINEAR, settings={"C": 1.0})
    found = [
        membership(read_table([written(rows, folder)], declared), {"C": 1.0})
        for rows in (whole, whole.sample(fraction=1, shuffle=True, seed=7))
    ]
    assert found[0]["attackers"] == found[1]["attackers"]


def test_a_model_that_keeps_its_rows_is_not_written(folder: Path) -> None:
    """Though it beats its baseline."""
    settings = {"max_iter": 15.0, "max_leaf_nodes": 63.0, "min_samples_leaf": 1.0}
    with pytest.raises(TrainingError) as refused:
        train(
            [written(numbers(600), folder)],
            declaration(Family.BOOSTING, settings=settings),
            folder / "model.onnx",
        )
    assert refused.value.code == "members-told-apart"
    assert not (folder / "model.onnx").exists()


FORGETTING = {
    "linear": (numbers, declaration(Family.LINEAR, shards=3, candidates=2)),
    "trees": (numbers, declaration(Family.BOOSTING, shards=3, settings={"max_iter": 5.0})),
    "texts": (messages, of_messages(shards=3, settings={"most_features": 300.0})),
}


@pytest.mark.parametrize("case", FORGETTING)
def test_what_is_forgotten_was_never_seen(case: str, folder: Path) -> None:
    """Training one shard again without rows gives the bytes of training that never saw them.

    In whatever order the rows that stay lie: masked versions are shuffled each time anew.
    """
    make, declared = FORGETTING[case]
    whole = make()
    table = read_table([written(whole, folder)], declared)
    first = renewed(table, None)
    model = bytes_of(first, None)
    before = shards_said(table, first, model, None)
    gone = np.flatnonzero(~table.held & (table.shard == 1))[:7].tolist()
    left = whole.with_row_index().filter(~pl.col("index").is_in(gone)).drop("index")
    rest = read_table(
        [written(left.sample(fraction=1, shuffle=True, seed=7), folder, "kept.parquet")],
        table.declaration,
    )
    former = Former(model, tuple(before))
    again = renewed(rest, former)
    assert list(again.anew) == [1]
    forgot = bytes_of(again, former)
    never = read_table([written(left, folder, "never.parquet")], table.declaration)
    assert forgot == bytes_of(renewed(never, None), None) == to_onnx(fit(never, ~never.held))
    assert forgot != model
    after = shards_said(rest, again, forgot, former)
    assert [one["is_kept"] for one in after] == [True, False, True]
    for number in (0, 2):
        assert after[number] == before[number] | {"is_kept": True}
    for name in ("rows", "rows_sha256", "sha256"):
        assert after[1][name] != before[1][name]
    difference = Runner(forgot).probabilities(rest.inputs) - again.probabilities(rest.inputs)
    assert np.abs(difference).max() <= 1e-6
    same = renewed(table, former)
    assert (list(same.anew), bytes_of(same, former)) == ([], model)


def test_of_600_messages_of_a_hotline_every_model_tells_who_was_in(folder: Path) -> None:
    """One that knows the matters beats its baseline, and one that knows nothing tells too much.

    The texts are Chinese and masked; each sequence of signs is a feature, without a list of words.
    """
    texts = [hotline.without_spans(one) for one in hotline.messages(600)]
    topics = [one.topic for one in hotline.messages(600)]
    table = pl.DataFrame({"text": texts, "about": topics})
    path = written(table, folder)
    with pytest.raises(TrainingError) as refused:
        train([path], of_messages(), folder / "model.onnx")
    assert refused.value.code == "members-told-apart"
    read = read_table([path], of_messages())
    dull = membership(read, {"C": 0.001, "longest": 1.0, "most_features": 50.0})
    assert 0.05 < dull["advantage"] < 0.2 < float(refused.value.parameters["advantage"])


def test_rows_of_a_group_stand_together_and_later_ones_are_held_out(folder: Path) -> None:
    path = written(numbers(), folder)
    table = read_table([path], declaration(split=Split(SplitKind.GROUP, "group")))
    groups = np.array(pl.read_parquet(path)["group"])
    assert not set(groups[table.held]) & set(groups[~table.held])
    later = read_table([path], declaration(split=Split(SplitKind.TIME, "day", share=0.2)))
    days = np.array(pl.read_parquet(path)["day"])
    assert days[later.held].min() >= later.declaration.split.cut
    assert days[~later.held].max() < days[later.held].min()
    assert 0.1 < later.held.mean() < 0.3


def test_scores_are_those_of_scikit_learn(folder: Path) -> None:
    """Recomputed by a library that others read."""
    table = read_table([written(numbers(), folder)], declaration())
    probabilities = fit(table, ~table.held).probabilities(table.inputs.at(table.held))
    found = scores(table, probabilities)["measured"]
    labels, guessed = table.labels[table.held], probabilities.argmax(axis=1)
    assert found["accuracy"]["value"] == pytest.approx(accuracy_score(labels, guessed))
    assert found["macro_f1"]["value"] == pytest.approx(f1_score(labels, guessed, average="macro"))
    assert found["log_loss"]["value"] == pytest.approx(log_loss(labels, probabilities))


REFUSED: dict[str, tuple[pl.DataFrame, dict[str, Any]]] = {
    "column-missing": (numbers(60).drop("first"), {}),
    "not-a-number": (numbers(60).with_columns(first=pl.lit("x")), {}),
    "too-few-rows": (numbers(20), {}),
    "one-class": (numbers(60).with_columns(label=pl.lit("yes")), {}),
    "too-many-classes": (numbers(60).with_columns(label=pl.int_range(60).cast(pl.String)), {}),
    "class-too-rare": (numbers(60), {"labels": ("no", "never", "yes")}),
    "nothing-held-out": (
        numbers(60).with_columns(day=pl.lit(1)), {"split": Split(SplitKind.TIME, "day")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_trained_on_is_refused(code: str, folder: Path) -> None:
    table, changes = REFUSED[code]
    with pytest.raises(TrainingError) as refused:
        train([written(table, folder)], replace(declaration(), **changes), folder / "model.onnx")
    assert refused.value.code == code
    assert "{" not in str(refused.value)


def test_a_declaration_is_the_same_after_json() -> None:
    declared = declaration(Family.BOOSTING, settings={"max_iter": 5.0}, by=("district",))
    assert Declaration.from_dict(json.loads(json.dumps(declared.as_dict()))) == declared
    for wrong in (
        {"features": ()},
        {"shards": 0},
        {"family": Family.TEXT},
        {"split": Split(SplitKind.GROUP)},
        {"settings": {"depth": 3.0}},
    ):
        with pytest.raises(TrainingError):
            replace(declared, **wrong)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(most_seconds=0.2), "training-timed-out"),
        (Limits(most_bytes=300 * 1024**2), "training-out-of-memory"),
    ],
)
def test_a_child_that_takes_too_much_is_ended(limits: Limits, code: str, folder: Path) -> None:
    with pytest.raises(TrainingError) as refused:
        train_in_child(
            [written(numbers(), folder)], declaration(), folder / "model.onnx", limits=limits
        )
    assert refused.value.code == code
    assert code in SENTENCES


def test_the_child_ends_with_who_asked(folder: Path) -> None:
    """Whoever waits no longer leaves no process behind, and no file."""

    class Left(Exception):
        pass

    def leave(_share: float, _step: str) -> None:
        raise Left

    with pytest.raises(Left):
        train_in_child(
            [written(numbers(), folder)], declaration(), folder / "model.onnx", tell=leave
        )
    assert [path.name for path in folder.iterdir()] == ["table.parquet"]


def test_nobody_is_told_that_a_model_is_run(folder: Path) -> None:
    """onnxruntime keeps a number of the device, and reports by it, unless it is told not to."""
    subprocess.run(
        [sys.executable, "-c", "import marketplace.learning.training.running"],
        env={"HOME": str(folder), "PATH": os.defpath, "PYTHONPATH": os.getcwd()},
        check=True,
    )
    assert list(folder.iterdir()) == []


def test_the_centre_starts_without_the_libraries_of_training() -> None:
    """They are loaded where a model is trained or first asked, so that web processes stay small."""
    program = (
        "import sys, django; django.setup(); import marketplace.urls, marketplace.celery\n"
        "import marketplace.learning.tasks\n"
        "print(sorted({'sklearn', 'scipy', 'onnx', 'onnxruntime', 'pandas'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
