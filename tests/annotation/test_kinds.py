"""What holds of every kind of labelling, so that one more needs no test of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django import forms

from marketplace.annotation.kinds.kind import Answer, Kind, LabelClass, Part, Scheme, Span
from marketplace.annotation.kinds.registry import ALL, CHOICES, KINDS
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import Cell, whole_text

CLASSES = (LabelClass("noise", "噪声", "1"), LabelClass("water", "供水", "2"))
TEXTS = {"text": "The pipe in Lane 3 leaks.", "note": "Lane 3"}
WHOLE = whole_text([Cell(column, column.title(), text) for column, text in TEXTS.items()])
EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)


def scheme_of(kind: Kind) -> Scheme:
    return Scheme(kind, CLASSES if kind.has_classes else ())


def answered(kind: Kind) -> Answer:
    """Return something that an annotator says: of a kind, only the part of an answer matters."""
    if kind.field == "fields":
        return Answer(fields={"note": "Lane 4"})
    return {
        Part.CLASSES: Answer(("noise",) if kind.has_one else ("noise", "water")),
        Part.SPANS: Answer(spans=(Span(4, 8, "water", "text"),)),
        Part.TEXT: Answer(text="A leak"),
    }[kind.part]


def filled_form(kind: Kind, data: Mapping[str, object]) -> forms.Form:
    form = forms.Form(data)
    form.fields |= kind.fields(scheme_of(kind), TEXTS)
    assert form.is_valid(), form.errors
    return form


def test_each_is_known_by_its_code() -> None:
    assert len(KINDS) == len(ALL)
    longest = LabellingProject._meta.get_field("kind").max_length
    assert longest is not None
    assert all(len(code) <= longest for code, _label in CHOICES)


@EACH
def test_what_a_form_holds_is_what_was_said(kind: Kind) -> None:
    answer = answered(kind)
    form = filled_form(kind, kind.filled(answer, TEXTS))
    assert kind.answer_of(form.cleaned_data, TEXTS) == answer
    assert answer.says_anything
    empty = filled_form(kind, kind.filled(Answer(), TEXTS))
    assert not kind.answer_of(empty.cleaned_data, TEXTS).says_anything


@EACH
def test_what_fits_is_kept_as_it_is_and_read_again(kind: Kind) -> None:
    scheme, answer = scheme_of(kind), answered(kind)
    assert kind.fault(scheme, answer, TEXTS) == ""
    assert kind.ordered_answer(scheme, answer, TEXTS) == answer
    assert Answer.from_json(answer.as_json()) == answer
    assert kind.is_right(answer.as_json(), answer.as_json())
    assert not kind.is_right(None, answer.as_json())


@EACH
def test_what_is_not_asked_for_does_not_fit(kind: Kind) -> None:
    parts = {
        "classes": Answer(("noise",)),
        "spans": Answer(spans=(Span(4, 8, "water", "text"),)),
        "text": Answer(text="A leak"),
        "fields": Answer(fields={}),
    }
    scheme = scheme_of(kind)
    assert {name: kind.fault(scheme, one, TEXTS) == "" for name, one in parts.items()} == {
        name: name == kind.field for name in parts
    }
    if kind.has_classes:
        other = replace(scheme, classes=(LabelClass("fire"), LabelClass("flood")))
        assert kind.fault(other, answered(kind), TEXTS)


@EACH
def test_what_a_file_holds_comes_back(kind: Kind) -> None:
    told = kind.answer_for_file(answered(kind), WHOLE)
    assert [name for name in Part if getattr(told, name)] == [kind.part]
    assert told.fields is None
    assert kind.answer_of_file(told, WHOLE, TEXTS) == answered(kind)


@EACH
def test_it_is_measured_and_shown(kind: Kind) -> None:
    scheme, answer = scheme_of(kind), answered(kind)
    kept = answer.as_json()
    assert kind.measured([[kept, kept], [kept]], scheme, list(TEXTS)).whole.items == 1
    assert kind.cell(kept)
    assert set(kind.cell_codes(scheme)) <= set(scheme.classes)
    labels = {"text": "Message", "note": "Note"}
    assert kind.worded(scheme, answer, TEXTS, labels)
