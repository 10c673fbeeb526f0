"""A labelling scheme as data, and the answers that fit it. Pure: no models, no files."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from marketplace.annotation.project.choices import WITHOUT_CLASSES, LabelKind
from marketplace.core import Invalid

KEYS = "123456789abcdefghijklmnopqrtvwxyz"
"""One key a class. `s` skips and `u` goes back, so neither is a class."""
MOST_CLASSES = 30
LONGEST_LABEL = 40
MOST_SPANS = 200
LONGEST_ANSWER = 2000
FIELD = {
    LabelKind.ONE: "classes",
    LabelKind.SEVERAL: "classes",
    LabelKind.SPANS: "spans",
    LabelKind.TEXT: "text",
    LabelKind.FIELDS: "fields",
}
"""The part of an answer that a scheme asks for."""
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")


@dataclass(frozen=True)
class LabelClass:
    """A class by its code, as annotators read it, and the key that chooses it."""

    code: str
    label: str
    key: str


@dataclass(frozen=True)
class Span:
    """A piece of a column's text: from one character up to another, and its class."""

    column: str
    start: int
    end: int
    label: str

    def as_json(self) -> dict[str, Any]:
        return {"column": self.column, "start": self.start, "end": self.end, "label": self.label}


@dataclass(frozen=True)
class Answer:
    """What an annotator says of an item: classes, spans, a text, or columns that are corrected.

    `fields` has the right text of each column that is wrong; None where no column is asked for.
    """

    classes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    text: str = ""
    fields: Mapping[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept, in one order; what the scheme does not ask for is left out."""
        kept = {"classes": list(self.classes), "spans": [span.as_json() for span in self.spans]}
        more = {"text": self.text} if self.text else {}
        return {**kept, **more, **({} if self.fields is None else {"fields": dict(self.fields)})}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        spans = tuple(Span(**span) for span in kept["spans"])
        return cls(tuple(kept["classes"]), spans, kept.get("text", ""), kept.get("fields"))


@dataclass(frozen=True)
class Scheme:
    """What is asked of each item."""

    kind: LabelKind
    classes: tuple[LabelClass, ...]

    @classmethod
    def of(cls, kind: str, classes: Sequence[Mapping[str, str]]) -> Self:
        """Read a scheme as it is kept; classes take their keys in their order."""
        pairs = zip(classes, KEYS, strict=False)
        return cls(
            LabelKind(kind), tuple(LabelClass(one["code"], one["label"], key) for one, key in pairs)
        )

    @property
    def has_spans(self) -> bool:
        """Return whether pieces of text are marked."""
        return self.kind == LabelKind.SPANS

    @property
    def has_several(self) -> bool:
        """Return whether an item may have more than one class."""
        return self.kind == LabelKind.SEVERAL

    @property
    def is_free(self) -> bool:
        """Return whether annotators answer in words of their own."""
        return self.kind == LabelKind.TEXT

    @property
    def has_fields(self) -> bool:
        """Return whether the columns shown are corrected."""
        return self.kind == LabelKind.FIELDS

    @property
    def needs_texts(self) -> bool:
        """Return whether an answer is about the texts of the columns."""
        return self.has_spans or self.has_fields

    @property
    def has_one(self) -> bool:
        """Return whether an item has one class."""
        return self.kind == LabelKind.ONE

    def is_right(self, answer: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> bool:
        """Return whether an answer is right; in a free one neither case nor blanks count."""
        if answer is None or not self.is_free:
            return answer == gold
        return folded(answer.get("text", "")) == folded(gold.get("text", ""))

    def label_of(self, code: str) -> str:
        return next((one.label for one in self.classes if one.code == code), code)

    def checked(self, answer: Answer, texts: Mapping[str, str]) -> Answer:
        """Return an answer in the one order in which it is kept.

        Raises:
            Invalid: it does not fit the scheme, or the texts that it marks.
        """
        sentence = self._fault(answer, texts)
        if sentence:
            raise Invalid(
                sentence, code="label-does-not-fit", fields={FIELD[self.kind]: [sentence]}
            )
        if self.is_free:
            return Answer(text=answer.text.strip())
        if self.has_fields:
            return Answer(fields=corrections(answer.fields or {}, texts))
        order = {one.code: place for place, one in enumerate(self.classes)}
        spans = sorted(set(answer.spans), key=lambda s: (s.column, s.start, s.end, s.label))
        return Answer(tuple(sorted(set(answer.classes), key=order.__getitem__)), tuple(spans))

    def _fault(self, answer: Answer, texts: Mapping[str, str]) -> str:
        codes = {one.code for one in self.classes}
        if self.is_free or self.has_fields:
            return _written_fault(self.kind, answer, texts)
        if answer.text or answer.fields is not None:
            return _("Choose among the classes of this project.")
        if self.has_spans:
            return _spans_fault(answer, texts, codes)
        if answer.spans or not set(answer.classes) <= codes:
            return _("Choose among the classes of this project.")
        if not answer.classes:
            return _("Choose a class, or skip the item and say why.")
        if len(set(answer.classes)) > 1 and not self.has_several:
            return _("Choose one class alone.")
        return ""


def _spans_fault(answer: Answer, texts: Mapping[str, str], codes: set[str]) -> str:
    if answer.classes:
        return _("This project marks pieces of text. Choose no class of the whole item.")
    if len(answer.spans) > MOST_SPANS:
        return _("Mark at most %(most)d pieces of text.") % {"most": MOST_SPANS}
    for span in answer.spans:
        if span.label not in codes:
            return _("Choose among the classes of this project.")
        if not 0 <= span.start < span.end <= len(texts.get(span.column, "")):
            return _("A piece that is marked lies outside its text.")
    return ""


def _written_fault(kind: LabelKind, answer: Answer, texts: Mapping[str, str]) -> str:
    if answer.classes or answer.spans:
        return _("This project asks for no class.")
    if kind == LabelKind.TEXT:
        if answer.fields is not None or not 1 <= len(answer.text.strip()) <= LONGEST_ANSWER:
            return _("Write 1 to %(most)d characters, or skip the item and say why.") % {
                "most": LONGEST_ANSWER
            }
        return ""
    if answer.text or answer.fields is None or not set(answer.fields) <= set(texts):
        return _("Correct the columns that are shown, or leave them as they are.")
    if any(len(text) > LONGEST_ANSWER for text in answer.fields.values()):
        return _("Write at most %(most)d characters in a column.") % {"most": LONGEST_ANSWER}
    return ""


def even(text: str) -> str:
    """Return a text as two are compared: one width of signs, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """Return a text as two free answers are compared: neither case nor blanks count."""
    return even(text).replace(" ", "").casefold()


def corrections(sent: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns whose text is another one than is shown, in the order of the columns."""
    return {
        column: even(sent[column])
        for column, shown in texts.items()
        if column in sent and even(sent[column]) != even(shown)
    }


def classes_problem(kind: str, classes: Sequence[Mapping[str, str]]) -> str:
    """Say what is wrong with the classes of a scheme, "" where nothing is."""
    if kind in WITHOUT_CLASSES:
        return _("What you ask for has no classes: leave them empty.") if classes else ""
    if not 2 <= len(classes) <= MOST_CLASSES:
        return _("Name 2 to %(most)d classes.") % {"most": MOST_CLASSES}
    for one in classes:
        if not CODE.fullmatch(one["code"]):
            return _(
                "The code of a class has 1 to 30 small Latin letters, digits, hyphens or low lines."
            )
        if not 1 <= len(one["label"]) <= LONGEST_LABEL:
            return _("Each class needs a name of at most %(most)d characters.") % {
                "most": LONGEST_LABEL
            }
    if len({one["code"] for one in classes}) < len(classes):
        return _("Two classes have the same code.")
    return ""


def written_classes(text: str) -> list[dict[str, str]]:
    """Read classes as an officer writes them, one `code = name` a line."""
    lines = (line.partition("=") for line in text.splitlines() if line.strip())
    return [{"code": code.strip(), "label": label.strip()} for code, _sign, label in lines]


def marked_pieces(text: str, texts: Mapping[str, str]) -> tuple[Span, ...]:
    """Read spans as they are written without a mouse: one `code: piece of the text` a line.

    A piece is found where it stands first, after the same piece of a line before.

    Raises:
        Invalid: a line has no code, or its piece stands in no text.
    """
    found: list[Span] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        code, sign, piece = (part.strip() for part in line.partition(":"))
        place = _place_of(piece, texts, found) if sign and piece else None
        if place is None:
            sentence = _(
                "Write each piece on a line of its own, as “code: piece of the text”, exactly as "
                "it stands in the item."
            )
            raise Invalid(sentence, code="label-does-not-fit", fields={"pieces": [sentence]})
        found.append(Span(*place, code))
    return tuple(found)


def _place_of(
    piece: str, texts: Mapping[str, str], found: Sequence[Span]
) -> tuple[str, int, int] | None:
    """Return column, start and end of the first place of a piece that is not marked yet."""
    taken = {(span.column, span.start, span.end) for span in found}
    for column, text in texts.items():
        start = text.find(piece)
        while start >= 0:
            place = (column, start, start + len(piece))
            if place not in taken:
                return place
            start = text.find(piece, start + 1)
    return None


def written_pieces(answer: Answer, texts: Mapping[str, str]) -> str:
    """Write the spans of an answer as `marked_pieces` reads them."""
    return "\n".join(
        f"{span.label}: {texts.get(span.column, '')[span.start : span.end]}"
        for span in answer.spans
    )
