"""What a labelled set is: a scheme, items, what each annotator said of them, and what holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.kinds.kind import Answer, Part, Scheme


class Method(StrEnum):
    """How a label came about, in the words of TC609-5-2025-02."""

    MANUAL = "人工标注"
    AUTOMATIC = "自动标注"
    SEMI_AUTOMATIC = "半自动标注"
    OTHER = "其他"


class AnnotatorKind(StrEnum):
    """Who labelled, in the words of TC609-5-2025-02."""

    ORDINARY = "普通标注员"
    PROFESSIONAL = "专业标注员"
    EXPERT = "行业领域专家"
    OTHER = "其他"


@dataclass(frozen=True)
class Label:
    """What one annotator said, under a pseudonym, or a model by its name where `is_prediction`."""

    annotator: str
    value: Answer
    made_at: datetime
    method: Method = Method.MANUAL
    seconds: float | None = None
    is_prediction: bool = False
    score: float | None = None


@dataclass(frozen=True)
class Item:
    """A record, its labels, and the one that was accepted.

    `time`, `group` and `stratum` are what a set can be split by; `split` is where the item went.
    """

    item_id: str
    text: str
    labels: tuple[Label, ...] = ()
    accepted: Answer | None = None
    accepted_at: datetime | None = None
    time: datetime | None = None
    group: str = ""
    stratum: str = ""
    split: str = ""


@dataclass(frozen=True)
class Agreement:
    """How far annotators agreed: Krippendorff's α with its interval, and on how many items.

    Where there is none, `undefined` says why; of a single item there is no interval.
    """

    alpha: float | None
    low: float | None
    high: float | None
    items: int
    undefined: str = ""


@dataclass(frozen=True)
class LabelledSet:
    title: str
    description: str
    version: str
    license: str
    source: str
    source_details: str
    scheme: Scheme
    items: tuple[Item, ...]
    created_at: datetime
    modified_at: datetime
    creator: str = ""
    url: str = ""
    annotator_kind: AnnotatorKind = AnnotatorKind.PROFESSIONAL
    is_generated: bool = False
    agreement: Agreement | None = None
    protocol: str = ""
    limits: tuple[str, ...] = ()
    personal: str = ""
    keywords: tuple[str, ...] = field(default=())

    @cached_property
    def annotators(self) -> tuple[str, ...]:
        """Return the pseudonyms of all annotators, models left out."""
        found = {one.annotator for item in self.items for one in item.labels if _is_human(one)}
        return tuple(sorted(found))

    def accepted(self) -> Iterator[Item]:
        return (item for item in self.items if item.accepted is not None)


def _is_human(label: Label) -> bool:
    return not label.is_prediction


def check_scheme(scheme: Scheme) -> None:
    """Refuse a scheme whose classes are too few, or not to be told apart.

    Raises:
        FormatError: `bad-scheme`.
    """
    codes = [one.code for one in scheme.classes]
    if codes and not scheme.kind.has_classes:
        raise FormatError("bad-scheme", reason="free text has no classes")
    if len(codes) < scheme.kind.fewest_classes:
        raise FormatError("bad-scheme", reason="it has too few classes")
    if len(set(codes)) < len(codes) or not all(code.strip() for code in codes):
        raise FormatError("bad-scheme", reason="each class needs a code of its own")


def check(labelled: LabelledSet) -> None:
    """Refuse a set whose items or labels do not fit its scheme.

    Raises:
        FormatError: `bad-scheme`, `duplicate-item`, `bad-value`.
    """
    check_scheme(labelled.scheme)
    seen: set[str] = set()
    for item in labelled.items:
        if item.item_id in seen:
            raise FormatError("duplicate-item", item=item.item_id)
        seen.add(item.item_id)
        for label in item.labels:
            check_value(label.value, labelled.scheme, item)
        if item.accepted is not None:
            check_value(item.accepted, labelled.scheme, item)


def check_value(value: Answer, scheme: Scheme, item: Item) -> None:
    """Refuse what the scheme does not let anybody say of an item.

    Raises:
        FormatError: `bad-value`.
    """
    reason = _wrong(value, scheme, item)
    if reason:
        raise FormatError("bad-value", item=item.item_id, reason=reason)


def _wrong(value: Answer, scheme: Scheme, item: Item) -> str:
    part = scheme.kind.part
    if part != Part.SPANS and value.spans:
        return "the scheme has no spans"
    if part != Part.CLASSES and value.classes:
        return "the scheme has no classes for a whole item"
    if part != Part.TEXT and value.text:
        return "the scheme has no free text"
    if scheme.kind.has_one and len(value.classes) != 1:
        return f"one class is asked for, and {len(value.classes)} are given"
    if part == Part.TEXT and not value.text.strip():
        return "the text is empty"
    if len(set(value.classes)) < len(value.classes):
        return "a class stands twice"
    for code in (*value.classes, *(span.label for span in value.spans)):
        if code not in scheme.codes:
            return f"“{code}” is no class of the scheme"
    for span in value.spans:
        if not 0 <= span.start < span.end <= len(item.text):
            return f"the span from {span.start} to {span.end} is not inside the text"
    return ""
