"""A kind of labelling, the scheme of a project, and what is said of an item: plain values."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self

from marketplace.annotation.agreement.measured import Answers, LabelQuality

LONGEST_ANSWER = 2000
Texts = Mapping[str, str]
"""The texts of an item, or what columns are called, by column."""


class Part(StrEnum):
    """The part of an answer in which files hold what a kind asks for."""

    CLASSES = "classes"
    SPANS = "spans"
    TEXT = "text"


@dataclass(frozen=True)
class LabelClass:
    """A class by its code, which stands in files, as annotators read it, and the key for it."""

    code: str
    label: str = ""
    key: str = ""

    @property
    def title(self) -> str:
        return self.label or self.code


@dataclass(frozen=True, order=True)
class Span:
    """A class for a piece of text: from one character up to another.

    They count in the text of a column, or in the whole text of an item where none is named.
    """

    start: int
    end: int
    label: str
    column: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"column": self.column, "start": self.start, "end": self.end, "label": self.label}


@dataclass(frozen=True)
class Answer:
    """What is said of an item: classes, spans, a text, or columns that are corrected.

    `fields` has the right text of each column that is wrong; None where no column is asked for.
    """

    classes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    text: str = ""
    fields: Mapping[str, str] | None = None

    @property
    def says_anything(self) -> bool:
        return bool(self.classes or self.spans or self.text or self.fields)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept, in one order; what the scheme does not ask for is left out."""
        kept = {"classes": list(self.classes), "spans": [span.as_json() for span in self.spans]}
        more = {"text": self.text} if self.text else {}
        return {**kept, **more, **({} if self.fields is None else {"fields": dict(self.fields)})}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        spans = tuple(Span(**span) for span in kept["spans"])
        return cls(tuple(kept["classes"]), spans, kept.get("text", ""), kept.get("fields"))


class Whole(Protocol):
    """An item as one text, and where in it each column begins."""

    @property
    def starts(self) -> Mapping[str, int]: ...

    def column_at(self, start: int, end: int, texts: Texts) -> str | None: ...


class Kind(ABC):
    """What a label says of an item. A project asks for one kind; all that differs stands in it.

    `code` is kept, `label` and `explained` are what people read, `told_as` stands in files, and
    `part` is where they hold an answer. `field` is the part of an answer at the API that is to
    blame. Answers are given with the texts of an item by column where a kind `needs_texts`, and
    with whole words where it `is_written`: then no key chooses a class.
    """

    code: ClassVar[str]
    label: ClassVar[Any]
    explained: ClassVar[Any] = ""
    told_as: ClassVar[str]
    part: ClassVar[Part]
    field: ClassVar[str]
    fewest_classes: ClassVar[int] = 2
    """In files; 0 for a kind without classes."""
    has_one: ClassVar[bool] = False
    """Whether an item has one class, by which labels can be compared."""
    needs_texts: ClassVar[bool] = False
    is_written: ClassVar[bool] = False

    @property
    def has_classes(self) -> bool:
        return self.fewest_classes > 0

    @abstractmethod
    def fields(self, scheme: "Scheme", texts: Texts) -> dict[str, Any]:
        """Return the form's fields by name."""

    @abstractmethod
    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        """Return what a valid form says.

        Raises:
            Invalid: what is written cannot be read.
        """

    @abstractmethod
    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        """Return what the fields hold that say an answer."""

    @abstractmethod
    def fault(self, scheme: "Scheme", answer: Answer, texts: Texts) -> str:
        """Return what does not fit the scheme, or the texts; "" where nothing is."""

    def ordered_answer(self, scheme: "Scheme", answer: Answer, texts: Texts) -> Answer:
        """Return an answer that fits, in the one order in which it is kept."""
        return answer

    def is_right(self, answer: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> bool:
        """Return whether an answer, as it is kept, is the right one."""
        return answer == gold

    @abstractmethod
    def measured(self, answers: Answers, scheme: "Scheme", columns: Sequence[str]) -> LabelQuality:
        """Measure how far the answers that each item was given agree."""

    @abstractmethod
    def worded(self, scheme: "Scheme", answer: Answer, texts: Texts, labels: Texts) -> str:
        """Return an answer as people read it; `labels` has what the columns are called."""

    @abstractmethod
    def cell(self, answer: Mapping[str, Any]) -> str:
        """Return an answer, as it is kept, as it stands in a cell of a labelled set."""

    def cell_codes(self, scheme: "Scheme") -> tuple[LabelClass, ...]:
        """Return the classes that are the codes of such a cell."""
        return scheme.classes

    def answer_for_file(self, answer: Answer, whole: Whole) -> Answer:
        """Return an answer as files hold it, in `part`: places count in the whole text."""
        return answer

    def answer_of_file(self, told: Answer, whole: Whole, texts: Texts) -> Answer:
        """Return the answer that a file holds.

        Raises:
            ValueError: it cannot be read.
        """
        return told


@dataclass(frozen=True)
class Scheme:
    """What is asked of each item: a kind, and classes for those that have some."""

    kind: Kind
    classes: tuple[LabelClass, ...] = ()
    name: str = "label"
    guideline: str = ""
    version: str = "1"

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self.names)

    @cached_property
    def names(self) -> dict[str, str]:
        """Return what people read by code, in the order of the classes."""
        return {one.code: one.title for one in self.classes}

    def label_of(self, code: str) -> str:
        return self.names.get(code, code)


def even(text: str) -> str:
    """Return a text as two are compared: one width of signs, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
