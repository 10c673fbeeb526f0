"""Models of declared words: counted with noise, exported, under one budget of privacy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.errors import Invalid, WrongState
from marketplace.learning.model.execution import execute_training
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import start_training
from marketplace.learning.training.declaration import Declaration, Family
from marketplace.learning.training.ensemble import Former, fit
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.exporting import to_onnx
from marketplace.learning.training.membership import student_95
from marketplace.learning.training.running import Runner
from marketplace.learning.training.table import Inputs, read_table
from marketplace.learning.training.words import counted, first_lines, most_advantage
from marketplace.learning.training.work import bytes_of, renewed, shards_said, train
from marketplace.preparation.budget.selectors import budget_of
from tests.conftest import PageClients
from tests.given import hotline
from tests.given.rights import certified
from tests.given.world import World
from tests.learning.tables import LABELS, messages, of_messages, written

WORDS = ("路灯 灯坏", "垃圾", "噪音 扰民")


def declared(**changes: Any) -> Declaration:
    """Return a declaration for the messages, with words for each matter."""
    usual = {"family": Family.WORDS, "words": WORDS, "labels": LABELS, "epsilon": 1.0}
    return of_messages(**{**usual, **changes})


def of_hotline(epsilon: float) -> Declaration:
    """Return a declaration for what citizens say, with the words of an officer."""
    labels = tuple(sorted(hotline.WORDS))
    return declared(words=tuple(hotline.WORDS.values()), labels=labels, epsilon=epsilon)


def test_the_exported_model_is_the_counted_one(tmp_path: Path) -> None:
    """The first line of which a word occurs counts, wherever in a text and however often."""
    table = read_table([written(messages(), tmp_path)], declared(shards=2))
    trained = fit(table, ~table.held)
    texts = np.array(
        ["", "扰民，路灯坏了", "垃圾垃圾和噪音", "灯 坏", "\n噪音\n", "🦜路灯"], dtype=object
    )
    assert first_lines(texts, table.declaration.lines).tolist() == [3, 0, 1, 3, 2, 0]
    some = Inputs(
        np.empty((len(texts), 0)), np.empty((len(texts), 0), dtype=object), texts[:, None]
    )
    runner = Runner(to_onnx(trained))
    for inputs in (some, table.inputs):
        ours, theirs = runner.probabilities(inputs), trained.probabilities(inputs)
        assert np.abs(ours - theirs).max() <= 1e-6
        assert np.allclose(ours.sum(axis=1), 1)
    guessed = trained.probabilities(table.inputs).argmax(axis=1)
    assert (guessed == table.labels).mean() > 0.8


def test_one_row_is_hidden_by_noise() -> None:
    """What comes of a row more is at most e^ε times as probable, and hardly less than that.

    Counted is how often one label seems commoner than the other, of one row and of none.
    """
    epsilon, draws = 1.0, 4000

    def share(rows: int) -> float:
        """Play on as many lines at once, of which each has a row or none has."""
        matrix, labels = np.eye(draws)[:rows], np.zeros(rows, dtype=np.int64)
        first, second = counted(matrix, labels, 2, epsilon).coef_
        return float((first > second).mean())

    with_row, without = share(draws), share(0)
    # Five standard errors of what is drawn.
    error = 5 * (0.25 / draws) ** 0.5
    assert with_row - error <= exp(epsilon) * (without + error)
    assert without + error < with_row < 0.75
    assert most_advantage(0.1) == pytest.approx((exp(0.1) - 1) / (exp(0.1) + 1))


@pytest.mark.parametrize(
    ("splits", "exact"), [(10, 2.262157), (20, 2.093024), (40, 2.022691), (200, 1.971957)]
)
def test_the_bound_among_splits_is_that_of_student(splits: int, exact: float) -> None:
    """Never less than the tables say, and hardly more."""
    assert exact <= student_95(splits - 1) <= exact + 5e-4


@pytest.mark.parametrize(("epsilon", "passes"), [(0.08, True), (2.0, False)])
def test_of_600_messages_of_a_hotline_noise_lets_a_model_pass(
    epsilon: float, passes: bool, tmp_path: Path
) -> None:
    """The same words with hardly any noise tell who was in, and are refused."""
    given = hotline.messages(600)
    texts = [hotline.without_spans(one) for one in given]
    table = pl.DataFrame({"text": texts, "about": [one.topic for one in given]})
    path, target = written(table, tmp_path), tmp_path / "model.onnx"
    if not passes:
        with pytest.raises(TrainingError) as refused:
            train([path], of_hotline(epsilon), target)
        assert refused.value.code == "members-told-apart"
        return
    report = train([path], of_hotline(epsilon), target)
    found = report["membership"]
    assert (found["splits"], found["rows"]) == (200, report["scores"]["trained_on"])
    assert found["upper_bound"] <= 0.05
    assert report["scores"]["beats_baseline"]
    assert report["privacy"]["epsilon"] == "0.08"
    assert report["privacy"]["most_advantage"] < 0.05


def test_a_shard_is_counted_again_without_its_rows(tmp_path: Path) -> None:
    """And the others are kept to the byte."""
    whole = messages()
    table = read_table([written(whole, tmp_path)], declared(shards=3))
    first = renewed(table, None)
    model = bytes_of(first, None)
    former = Former(model, tuple(shards_said(table, first, model, None)))
    gone = np.flatnonzero(~table.held & (table.shard == 1))[:7].tolist()
    left = whole.with_row_index().filter(~pl.col("index").is_in(gone)).drop("index")
    rest = read_table([written(left, tmp_path, "rest.parquet")], table.declaration)
    again = renewed(rest, former)
    assert list(again.anew) == [1]
    after = shards_said(rest, again, bytes_of(again, former), former)
    assert [one["is_kept"] for one in after] == [True, False, True]
    assert [after[number]["sha256"] == former.shards[number]["sha256"] for number in range(3)] == [
        True, False, True,
    ]  # fmt: skip
    assert after[1]["rows"] == former.shards[1]["rows"] - 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ()},
        {"words": ("路灯", "路灯 垃圾")},
        {"words": ("路灯" * 6,)},
        {"labels": ()},
        {"labels": ("one", "one")},
        {"epsilon": 0.0},
        {"epsilon": float("nan")},
        {"candidates": 2},
        {"family": Family.TEXT},
    ],
)
def test_words_are_declared_rightly(wrong: Mapping[str, Any]) -> None:
    assert Declaration.from_dict(declared().as_dict()) == declared()
    with pytest.raises(TrainingError):
        replace(declared(), **wrong)


def trainable(world: World) -> DatasetVersion:
    """Return masked messages under a right in force."""
    version = hotline.masked(world)
    certified(world, dataset=version.dataset)
    return version


def started(world: World, version: DatasetVersion, **changes: Any) -> TrainingRun:
    """Declare a run on masked messages, which tells districts apart."""
    values = {
        "title": "Districts",
        "target": "district",
        "features": ["message"],
        "family": "words",
        "split": "random",
        "split_column": "",
        "metric": "macro_f1",
        "shards": 1,
        "candidates": 1,
        "seed": 0,
        "error_by": [],
        "words": ["噪音 吵", "停水"],
        "labels": ["临江区", "城南区", "高新区"],
        "epsilon": Decimal("0.1"),
        **changes,
    }
    return start_training(version.pk, **values, by=world.actor("officer"))


def test_epsilon_is_spent_of_the_budget_of_the_dataset(world: World) -> None:
    """Once a run, also where no model comes of it; the same run asked for again pays nothing."""
    version = trainable(world)
    dataset = version.dataset
    run = started(world, version)
    assert started(world, version).pk == run.pk
    assert budget_of(dataset.pk).uses == {"model": Decimal("0.1")}
    execute_training(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "baseline-not-beaten")
    assert budget_of(dataset.pk).spent == Decimal("0.1")
    started(world, version, epsilon=Decimal("9.9"))
    with pytest.raises(WrongState) as refused:
        started(world, version, epsilon=Decimal("0.01"), seed=1)
    assert refused.value.code == "dataset-budget-spent"
    assert not TrainingRun.objects.filter(declaration__seed=1).exists()


def test_words_and_epsilon_belong_together(world: World, page_of: PageClients) -> None:
    """The page says it at the field that is missing or too much."""
    version = trainable(world)
    for wrong, field in (
        ({"epsilon": None}, "epsilon"),
        ({"labels": []}, "labels"),
        ({"family": "text", "epsilon": None}, "words"),
        ({"words": ["噪音", "噪音"]}, "words"),
    ):
        with pytest.raises(Invalid) as refused:
            started(world, version, **wrong)
        assert list(refused.value.fields) == [field]
    sent = {
        "title": "Districts",
        "target": "district",
        "features": ["message"],
        "family": "words",
        "split": "random",
        "metric": "macro_f1",
        "shards": 1,
        "candidates": 1,
        "seed": 0,
        "words": "噪音  吵\n\n停水\n",
        "labels": "临江区\n城南区",
        "epsilon": "0.1",
    }
    page = page_of("officer")
    address = reverse("training_start", args=[version.pk])
    assert page.post(address, {**sent, "epsilon": ""}).status_code == 422
    assert page.post(address, sent).status_code == 302
    run = TrainingRun.objects.get()
    assert run.declared.words == ("噪音 吵", "停水")
    assert run.declared.labels == ("临江区", "城南区")
    assert (
        "噪音 吵 · 停水" in page.get(reverse("training_run_detail", args=[run.pk])).content.decode()
    )
