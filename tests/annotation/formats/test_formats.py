"""Labelled sets go out and come in unchanged, and what is broken is refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from marketplace.annotation.formats import (
    FormatError,
    Item,
    Label,
)
from marketplace.annotation.formats.croissant import DataFile, croissant
from marketplace.annotation.formats.errors import SENTENCES
from marketplace.annotation.formats.label_studio import (
    labelling_config,
    read_tasks,
    write_tasks,
)
from marketplace.annotation.formats.labelled_set import check, check_scheme
from marketplace.annotation.formats.splits import LEFT_OUT, SplitBy, leaks, prove, split
from marketplace.annotation.formats.tables import read_parquet, write_parquet
from marketplace.annotation.formats.tc609 import check_records, faults, records, write_records
from marketplace.annotation.kinds.kind import Answer, LabelClass, Scheme, Span
from marketplace.annotation.kinds.registry import KINDS
from tests.annotation.formats.sets import SCHEMES, START, labelled

SHARES = {"train": 0.6, "validation": 0.2, "test": 0.2}


@pytest.mark.parametrize("kind", KINDS)
def test_label_studio_gives_back_what_it_was_given(kind: str) -> None:
    made = labelled(kind)
    check(made)
    assert f'name="{made.scheme.name}"' in labelling_config(made.scheme)
    found = read_tasks(json.loads(write_tasks(made)), made.scheme)
    assert [one.accepted for one in found] == [one.accepted for one in made.items]
    for mine, theirs in zip(made.items, found, strict=True):
        assert replace(theirs, labels=(), accepted_at=None) == replace(
            mine, labels=(), accepted_at=None
        )
        assert [(one.annotator, one.value, one.is_prediction) for one in theirs.labels] == [
            (one.annotator, one.value, one.is_prediction) for one in mine.labels
        ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda task: task.pop("data"), "no data"),
        (lambda task: task["data"].pop("text"), "no “text”"),
        (lambda task: task["annotations"][0].pop("result"), "no result"),
        (
            lambda task: task["annotations"][0]["result"][0]["value"].update(choices=["x"]),
            "“x” is no class",
        ),
        (lambda task: task["annotations"][0]["result"][0].update(type="labels"), "another kind"),
        (lambda task: task["annotations"][0].update(created_at="then"), "no time"),
        (lambda task: task["annotations"][0]["result"][0]["value"].clear(), "incomplete"),
        (
            lambda task: task["annotations"][0]["result"][0]["value"].update(choices=[3]),
            "another type",
        ),
        (lambda task: task.update(annotations={}), None),
        (lambda task: task.update(annotations="x"), "not a list"),
        (lambda task: task["data"].update(labelled_by=[]), "who made it"),
    ],
)
def test_broken_tasks_are_refused(change: Callable[[Any], Any], reason: str | None) -> None:
    made = labelled()
    tasks = json.loads(write_tasks(made))
    change(tasks[0])
    if reason is None:
        assert read_tasks(tasks, made.scheme)[0].accepted is None
        return
    with pytest.raises(FormatError, match=reason) as refused:
        read_tasks(tasks, made.scheme)
    assert refused.value.code == "bad-task"


def test_who_labelled_elsewhere_gets_a_pseudonym_and_skipped_work_is_left_out() -> None:
    made = labelled(count=1)
    (task,) = json.loads(write_tasks(made))
    del task["data"]["labelled_by"]
    for number, one in enumerate(task["annotations"]):
        one |= {"completed_by": {"id": number, "email": "li@example.org"}, "ground_truth": False}
    task["annotations"][1]["was_cancelled"] = True
    (item,) = read_tasks([task], made.scheme)
    people = [one.annotator for one in item.labels if not one.is_prediction]
    assert people == ["account-0", "account-2"]


@pytest.mark.parametrize(
    ("scheme", "reason"),
    [
        (("one", (LabelClass("a"),)), "too few"),
        (("spans", (LabelClass("a"), LabelClass("a"))), "of its own"),
        (("text", (LabelClass("a"),)), "no classes"),
    ],
)
def test_schemes_that_are_none_are_refused(scheme: Any, reason: str) -> None:
    kind, classes = scheme
    with pytest.raises(FormatError, match=reason):
        check_scheme(Scheme(KINDS[kind], classes))


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("one", Answer(), "one class is asked for"),
        ("one", Answer(("noise", "roads")), "2 are given"),
        ("several", Answer(("noise", "noise")), "twice"),
        ("several", Answer(("other",)), "no class"),
        ("several", Answer(spans=(Span(0, 1, "noise"),)), "no spans"),
        ("spans", Answer(spans=(Span(3, 3, "place"),)), "not inside"),
        ("spans", Answer(spans=(Span(0, 999, "place"),)), "not inside"),
        ("spans", Answer(("place",)), "whole item"),
        ("text", Answer(text=" "), "empty"),
        ("one", Answer(("noise",), text="x"), "no free text"),
    ],
)
def test_labels_that_the_scheme_does_not_allow_are_refused(
    kind: str, value: Answer, reason: str
) -> None:
    made = labelled(kind)
    label = Label("A01", value, START)
    broken = replace(made, items=(replace(made.items[0], labels=(label,)),))
    with pytest.raises(FormatError, match=reason):
        check(broken)


def test_two_items_of_one_name_are_refused() -> None:
    made = labelled()
    with pytest.raises(FormatError, match="stands twice"):
        check(replace(made, items=(*made.items, made.items[0])))


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_in_the_form_of_tc609(kind: str) -> None:
    made = labelled(kind)
    found = list(records(made))
    assert [faults(one) for one in found] == [()] * len(found)
    assert found[1]["annotation"] is None
    assert found[0]["annotation"]["annotation_method"] == "半自动标注"
    assert found[2]["annotation"]["annotation_method"] == "人工标注"
    assert found[0]["annotation"]["label"][0]["annotators"] == ["A01", "A02"]
    lines = write_records(made).decode().splitlines()
    assert check_records(json.loads(line) for line in lines) == len(made.items)


BROKEN: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda one: one.pop("license"), "“license” is missing"),
    (lambda one: one.update(source=""), "“source” is empty"),
    (lambda one: one.update(data_content=[]), "“data_content” is empty"),
    (lambda one: one.update(version=None), "“version” must be a text"),
    (lambda one: one.update(id=7), "“id” must be a text"),
    (lambda one: one.update(rid="x"), "“rid” must be a list or null"),
    (lambda one: one.update(original_time="yesterday"), "must be a day"),
    (lambda one: one.update(generated_data_indicator=2), "must be 0 or 1"),
    (lambda one: one.update(generated_data_indicator=True), "must be 0 or 1"),
    (lambda one: one["data_content"][0].update(media_type="smell"), "no known “media_type”"),
    (lambda one: one["data_content"][0].update(content=" "), "content 1 is empty"),
    (lambda one: one.update(annotation="noise"), "“annotation” must be an object or null"),
    (lambda one: one["annotation"].update(label=[]), "“annotation.label” must be a list"),
    (lambda one: one["annotation"].pop("annotator"), "“annotation.annotator” is missing"),
    (lambda one: one["annotation"].update(annotator="A01"), "must be one of these"),
    (lambda one: one["annotation"].update(annotation_method="众包标注"), "must be one of these"),
]


@pytest.mark.parametrize(("change", "reason"), BROKEN)
def test_broken_records_are_refused(change: Callable[[dict[str, Any]], Any], reason: str) -> None:
    made = list(records(labelled()))
    change(made[2])
    assert any(reason in one for one in faults(made[2]))
    with pytest.raises(FormatError, match="Line 3") as refused:
        check_records(made)
    assert refused.value.code == "bad-record"


@pytest.mark.parametrize("given", [{}, 3, None, []])
def test_what_is_no_record_is_refused(given: object) -> None:
    with pytest.raises(FormatError, match="Line 1"):
        check_records([given])
    with pytest.raises(FormatError, match=r"Task 1|not a list"):
        read_tasks([given] if given != [] else given or {}, SCHEMES["one"])


def test_an_id_that_stands_twice_is_refused() -> None:
    record = next(records(labelled()))
    with pytest.raises(FormatError, match=r"Line 2: the id .* stands twice"):
        check_records([record, record])


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_gives_back_what_it_was_given(kind: str, tmp_path: Path) -> None:
    made = labelled(kind)
    write_parquet(made, tmp_path / "set.parquet")
    assert read_parquet(tmp_path / "set.parquet") == made.items


def test_croissant_says_who_labelled_how_and_what_it_is_not_good_for() -> None:
    made = labelled()
    told = croissant(made, DataFile("items.parquet", "items.parquet", "0" * 64, 10))
    assert told["rai:annotationsPerItem"] == "2.00"
    assert "α 0.810" in told["rai:dataAnnotationAnalysis"]
    assert told["rai:machineAnnotationTools"] == ["tfidf-1"]
    assert told["rai:dataLimitations"] == ["One city, one year."]
    assert told["rai:annotatorDemographics"].startswith("2 annotators")
    # People are counted, not named.
    assert not any(who in json.dumps(told) for who in made.annotators)


@pytest.mark.parametrize("by", list(SplitBy))
def test_splits_keep_apart_what_they_are_split_by(by: SplitBy) -> None:
    made = split(labelled(count=100).items, SHARES, by=by, seed=3)
    assert leaks(made, by=by, shares=SHARES) == ()
    sizes = {part: sum(one.split == part for one in made) for part in SHARES}
    assert all(abs(sizes[part] - 100 * share) <= 20 for part, share in SHARES.items()), sizes
    assert made == split(labelled(count=100).items, SHARES, by=by, seed=3)


def _moved(items: tuple[Item, ...], part: str, **found: Any) -> tuple[Item, ...]:
    """Put the first item that is of a part and has these values into another."""
    place = next(
        place
        for place, one in enumerate(items)
        if one.split == part and all(getattr(one, name) == value for name, value in found.items())
    )
    other = "test" if part == "train" else "train"
    return (*items[:place], replace(items[place], split=other), *items[place + 1 :])


@pytest.mark.parametrize("by", [SplitBy.TIME, SplitBy.GROUP])
def test_a_leak_that_was_made_is_found(by: SplitBy) -> None:
    made = split(labelled(count=100).items, SHARES, by=by)
    with pytest.raises(FormatError, match="leak"):
        prove(_moved(made, "train"), by=by)


def test_the_same_text_in_two_parts_is_a_leak_however_it_is_written() -> None:
    made = list(split(labelled(count=100).items, SHARES, by=SplitBy.STRATUM))
    first = next(one for one in made if one.split == "train")
    place = next(place for place, one in enumerate(made) if one.split == "test")
    written = first.text.replace("：", " : ").upper()
    made[place] = replace(made[place], text=written)
    assert [one.code for one in leaks(made, by=SplitBy.STRATUM)] == ["same-text"]
    again = split(made, SHARES, by=SplitBy.STRATUM)
    assert len({one.split for one in again if one.text in (first.text, written)}) == 1


def test_a_part_without_its_share_of_a_stratum_is_found() -> None:
    made = split(labelled(count=100).items, SHARES, by=SplitBy.STRATUM)
    moved = tuple(replace(one, split="train") if one.stratum == "noise" else one for one in made)
    assert "stratum" in {one.code for one in leaks(moved, by=SplitBy.STRATUM, shares=SHARES)}


def test_a_text_that_comes_again_later_is_left_out() -> None:
    items = list(labelled(count=100).items)
    items[99] = replace(items[99], text=items[0].text)
    made = split(items, SHARES, by=SplitBy.TIME)
    assert made[99].split == LEFT_OUT
    assert leaks(made, by=SplitBy.TIME) == ()


def test_what_came_at_one_time_stays_together() -> None:
    items = [replace(one, time=START) for one in labelled(count=10).items]
    items[9] = replace(items[9], time=START + timedelta(days=1))
    made = split(items, SHARES, by=SplitBy.TIME)
    assert {one.split for one in made[:9]} == {"train"}


def test_sets_that_cannot_be_split_are_refused() -> None:
    items = labelled().items
    with pytest.raises(FormatError, match="add up to 1"):
        split(items, {"train": 0.7, "test": 0.7}, by=SplitBy.GROUP)
    with pytest.raises(FormatError, match="has no time"):
        split([replace(items[0], time=None)], SHARES, by=SplitBy.TIME)
    assert [one.code for one in leaks(items, by=SplitBy.GROUP)] == ["unplaced"]


def test_each_sentence_says_what_to_do() -> None:
    assert all(one.endswith((".", "}")) for one in SENTENCES.values())
