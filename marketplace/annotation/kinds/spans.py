"""Spans: pieces of the texts of an item, each of a class."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.agreement.measured import Answers, LabelQuality, measured_by_class
from marketplace.annotation.kinds.kind import (
    Answer,
    Kind,
    LabelClass,
    Part,
    Scheme,
    Span,
    Texts,
    Whole,
)
from marketplace.core import Invalid
from marketplace.web.bounded import forms

MOST_SPANS = 200
LONGEST_PIECES = 10_000


class Spans(Kind):
    code = "spans"
    label = gettext_lazy("Spans in text")
    told_as = "spans"
    part = Part.SPANS
    field = "spans"
    fewest_classes = 1
    needs_texts = True

    def fields(self, scheme: Scheme, texts: Texts) -> dict[str, Any]:
        pieces = forms.CharField(
            label=gettext_lazy("Pieces that are marked"),
            required=False,
            max_length=LONGEST_PIECES,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy(
                "One a line: code: piece of the text. Or mark a piece with the mouse and press "
                "the key of its class. Leave it empty where nothing is to be marked."
            ),
        )
        return {"pieces": pieces}

    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        return Answer(spans=marked_pieces(cleaned["pieces"], texts))

    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        return {"pieces": written_pieces(answer, texts)}

    def fault(self, scheme: Scheme, answer: Answer, texts: Texts) -> str:
        if answer.text or answer.fields is not None:
            return _("Choose among the classes of this project.")
        if answer.classes:
            return _("This project marks pieces of text. Choose no class of the whole item.")
        if len(answer.spans) > MOST_SPANS:
            return _("Mark at most %(most)d pieces of text.") % {"most": MOST_SPANS}
        for span in answer.spans:
            if span.label not in scheme.codes:
                return _("Choose among the classes of this project.")
            if not 0 <= span.start < span.end <= len(texts.get(span.column, "")):
                return _("A piece that is marked lies outside its text.")
        return ""

    def ordered_answer(self, scheme: Scheme, answer: Answer, texts: Texts) -> Answer:
        return Answer(spans=tuple(sorted(set(answer.spans), key=lambda one: (one.column, one))))

    def measured(self, answers: Answers, scheme: Scheme, columns: Sequence[str]) -> LabelQuality:
        return measured_by_class(answers, scheme.names)

    def worded(self, scheme: Scheme, answer: Answer, texts: Texts, labels: Texts) -> str:
        return written_pieces(answer, texts)

    def cell(self, answer: Mapping[str, Any]) -> str:
        return json.dumps(answer["spans"], ensure_ascii=False, sort_keys=True)

    def cell_codes(self, scheme: Scheme) -> tuple[LabelClass, ...]:
        return ()

    def answer_for_file(self, answer: Answer, whole: Whole) -> Answer:
        first = whole.starts
        moved = (
            Span(one.start + first[one.column], one.end + first[one.column], one.label)
            for one in answer.spans
        )
        return Answer(spans=tuple(sorted(moved)))

    def answer_of_file(self, told: Answer, whole: Whole, texts: Texts) -> Answer:
        spans = []
        for one in told.spans:
            column = whole.column_at(one.start, one.end, texts) or ""
            first = whole.starts.get(column, 0)
            spans.append(Span(one.start - first, one.end - first, one.label, column))
        return Answer(told.classes, tuple(spans), told.text)


def marked_pieces(text: str, texts: Mapping[str, str]) -> tuple[Span, ...]:
    """Read spans as they are written without a mouse: one `code: piece of the text` a line.

    A piece is found where it stands first, after the same piece of a line before.

    Raises:
        Invalid: a line has no code, or its piece stands in no text.
    """
    found: list[Span] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        code, sign, piece = (part.strip() for part in line.partition(":"))
        span = _first_place(piece, code, texts, found) if sign and piece else None
        if span is None:
            sentence = _(
                "Write each piece on a line of its own, as “code: piece of the text”, exactly as "
                "it stands in the item."
            )
            raise Invalid(sentence, code="label-does-not-fit", fields={"pieces": [sentence]})
        found.append(span)
    return tuple(found)


def _first_place(
    piece: str, code: str, texts: Mapping[str, str], found: Sequence[Span]
) -> Span | None:
    """Return the first place of a piece that is not marked yet."""
    taken = {(span.column, span.start, span.end) for span in found}
    for column, text in texts.items():
        start = text.find(piece)
        while start >= 0:
            end = start + len(piece)
            if (column, start, end) not in taken:
                return Span(start, end, code, column)
            start = text.find(piece, start + 1)
    return None


def written_pieces(answer: Answer, texts: Mapping[str, str]) -> str:
    """Write the spans of an answer as `marked_pieces` reads them."""
    return "\n".join(
        f"{span.label}: {texts.get(span.column, '')[span.start : span.end]}"
        for span in answer.spans
    )
