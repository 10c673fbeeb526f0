"""Schemes as data, and the answers that fit them."""

from __future__ import annotations

import pytest

from marketplace.annotation.kinds.kind import Answer, Span
from marketplace.annotation.kinds.spans import marked_pieces, written_pieces
from marketplace.annotation.project.scheme import (
    checked_answer,
    classes_problem,
    scheme_of,
    written_classes,
)
from marketplace.core.errors import Invalid

CLASSES = [{"code": "noise", "label": "噪声"}, {"code": "water", "label": "供水"}]
TEXTS = {"text": "The pipe in Lane 3 leaks, and the pipe in Lane 4 too.", "note": "Lane 3"}


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        ("one", Answer(("water",)), ["water"]),
        ("several", Answer(("water", "noise", "water")), ["noise", "water"]),
        ("one", Answer(("water", "noise")), None),
        ("one", Answer(), None),
        ("several", Answer(), None),
        ("one", Answer(("fire",)), None),
        ("one", Answer(("water",), (Span(0, 3, "noise", "text"),)), None),
        ("spans", Answer(("water",)), None),
    ],
)
def test_classes_fit_or_not(kind: str, answer: Answer, kept: list[str] | None) -> None:
    """One alone, or several in the order of the scheme, each once."""
    scheme = scheme_of(kind, CLASSES)
    if kept is None:
        with pytest.raises(Invalid, match=r"."):
            checked_answer(scheme, answer, TEXTS)
    else:
        assert checked_answer(scheme, answer, TEXTS).as_json()["classes"] == kept


@pytest.mark.parametrize(
    ("span", "fits"),
    [
        (Span(4, 8, "water", "text"), True),
        (Span(0, len(TEXTS["text"]), "noise", "text"), True),
        (Span(0, len(TEXTS["text"]) + 1, "noise", "text"), False),
        (Span(4, 4, "water", "text"), False),
        (Span(-1, 4, "water", "text"), False),
        (Span(0, 1, "water", "other"), False),
        (Span(4, 8, "fire", "text"), False),
    ],
)
def test_spans_lie_in_their_text(span: Span, fits: bool) -> None:
    """From its first character to its last, of a class of the scheme; no span at all fits too."""
    scheme = scheme_of("spans", CLASSES)
    assert checked_answer(scheme, Answer(), TEXTS) == Answer()
    if fits:
        assert checked_answer(scheme, Answer(spans=(span, span)), TEXTS).spans == (span,)
    else:
        with pytest.raises(Invalid):
            checked_answer(scheme, Answer(spans=(span,)), TEXTS)


def test_pieces_are_found_where_they_stand_next() -> None:
    """The same piece twice is the first and the second place, and reads back as it was written."""
    written = "water: pipe\nwater: pipe\nnoise: Lane 3\nnoise: Lane 3"
    spans = marked_pieces(written, TEXTS)
    assert [(one.column, one.start) for one in spans] == [
        ("text", 4),
        ("text", 34),
        ("text", 12),
        ("note", 0),
    ]
    assert written_pieces(Answer(spans=spans), TEXTS) == written


@pytest.mark.parametrize("line", ["water: tap", "pipe", "water:", "water: pipe\nwater: Pipe"])
def test_a_piece_that_stands_nowhere_is_refused(line: str) -> None:
    """Exactly as it stands, and with a class before it."""
    with pytest.raises(Invalid):
        marked_pieces(line, TEXTS)


def test_each_class_has_a_key_of_its_own() -> None:
    """Of thirty classes too, and never the keys that skip and go back."""
    classes = [{"code": f"c{number}", "label": "x"} for number in range(30)]
    keys = [one.key for one in scheme_of("one", classes).classes]
    assert len(set(keys)) == 30
    assert not {"s", "u"} & set(keys)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("a = A\nb = B", True),
        ("a = A\n\n b=B ", True),
        ("a = A", False),
        ("a = A\na = B", False),
        ("a = A\nB = B", False),
        ("a = A\nb =", False),
        ("\n".join(f"c{number} = x" for number in range(31)), False),
    ],
)
def test_classes_are_two_to_thirty_with_codes_of_their_own(text: str, is_right: bool) -> None:
    """As an officer writes them; what is answered in words has none."""
    assert classes_problem("text", written_classes(text))
    assert not classes_problem("fields", [])
    assert (classes_problem("one", written_classes(text)) == "") is is_right
