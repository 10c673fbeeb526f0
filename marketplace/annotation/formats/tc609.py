"""The Chinese format of high-quality datasets: a JSON record a line.

《高质量数据集 格式要求》, TC609-5-2025-02, a technical document of the National Technical Committee
for Data Standardization. The document itself is not public; what is known of it here was read on
2026-11-29 in two public programs that quote it: the rules 0201, 0203 and 0204 of `dingo`
(MigoXLab/dingo, docs and `rule_tc609_quality.py`: names and types of fields, which may not be
missing or empty, the words of `annotation_method` and `annotator`) and a conversion of a data set
(the forms of `data_content`: `media_type`, `instruction`, `content`). Of the fields:

- `id`, `version`, `license`, `source`, `source_details`: texts that are not empty;
- `rid`: ids of records that this one belongs with, a list, or null;
- `data_content`: a list of contents, each with `media_type` and `content`;
- `annotation`: null, or `label` (a list that is not empty), `annotation_method` and `annotator`,
  which is a kind of annotator and no person: who labelled stands in `label`, under pseudonyms;
- `original_time`, `last_modified_time`: days, as all examples have them;
- `generated_data_indicator`: 0, or 1 where the content was generated.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.formats.labelled_set import AnnotatorKind, Item, LabelledSet, Method
from marketplace.annotation.kinds.kind import Answer, Part

FIELDS = (
    "id",
    "rid",
    "data_content",
    "annotation",
    "original_time",
    "last_modified_time",
    "version",
    "license",
    "source",
    "source_details",
    "generated_data_indicator",
)
NEVER_EMPTY = tuple(name for name in FIELDS if name not in ("rid", "annotation"))
MEDIA = frozenset({"text", "image", "audio", "video"})
METHODS, ANNOTATORS = frozenset(map(str, Method)), frozenset(map(str, AnnotatorKind))


def records(labelled: LabelledSet) -> Iterator[dict[str, Any]]:
    """Give the record of each item; one without an accepted label has no annotation."""
    for item in labelled.items:
        original = item.time or labelled.created_at
        modified = max(
            (one.made_at for one in item.labels), default=item.accepted_at or labelled.modified_at
        )
        yield {
            "id": item.item_id,
            "rid": [],
            "data_content": [{"media_type": "text", "content": item.text}],
            "annotation": _annotation(item, labelled),
            "original_time": original.date().isoformat(),
            "last_modified_time": max(modified.date(), original.date()).isoformat(),
            "version": labelled.version,
            "license": labelled.license,
            "source": labelled.source,
            "source_details": labelled.source_details,
            "generated_data_indicator": int(labelled.is_generated),
        }


def write_records(labelled: LabelledSet) -> bytes:
    """Return the records as UTF-8 lines."""
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records(labelled)).encode()


def _annotation(item: Item, labelled: LabelledSet) -> dict[str, Any] | None:
    if item.accepted is None:
        return None
    people = sorted({one.annotator for one in item.labels if not one.is_prediction})
    told = _said(item.accepted, item, labelled)
    return {
        "label": [{**one, "annotators": people} for one in told],
        "annotation_method": str(_method(item)),
        "annotator": str(labelled.annotator_kind),
    }


def _said(value: Answer, item: Item, labelled: LabelledSet) -> list[dict[str, Any]]:
    scheme = labelled.scheme
    if scheme.kind.part == Part.TEXT:
        return [{scheme.name: value.text}]
    if scheme.kind.part == Part.SPANS:
        found = [
            {
                scheme.name: span.label,
                "title": scheme.label_of(span.label),
                "start": span.start,
                "end": span.end,
                "text": item.text[span.start : span.end],
            }
            for span in value.spans
        ]
    else:
        found = [{scheme.name: code, "title": scheme.label_of(code)} for code in value.classes]
    # That nothing was found is a finding, and the list may not be empty.
    return found or [{scheme.name: None}]


def _method(item: Item) -> Method:
    kinds = {one.is_prediction for one in item.labels}
    if kinds == {True}:
        return Method.AUTOMATIC
    return Method.SEMI_AUTOMATIC if kinds == {True, False} else Method.MANUAL


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


TYPES: Mapping[str, tuple[str, Callable[[object], bool]]] = MappingProxyType(
    {
        **dict.fromkeys(FIELDS, ("a text", _is_text)),
        "rid": ("a list or null", lambda value: value is None or isinstance(value, list)),
        "data_content": ("a list", _is_list),
        "annotation": ("an object or null", lambda value: value is None or isinstance(value, dict)),
        "generated_data_indicator": (
            "0 or 1",
            lambda value: type(value) is int and value in (0, 1),
        ),
    }
)


def faults(record: object) -> tuple[str, ...]:
    """Return what is wrong with a record, each as a sentence without its full stop."""
    if not isinstance(record, dict):
        return ("it is not an object",)
    found = [f"“{name}” is missing" for name in FIELDS if name not in record]
    for name in FIELDS:
        value = record.get(name)
        if name not in record or name == "annotation":
            continue
        what, is_right = TYPES[name]
        if not is_right(value):
            found.append(f"“{name}” must be {what}")
        elif name in NEVER_EMPTY and isinstance(value, str | list) and not value:
            found.append(f"“{name}” is empty")
        elif name.endswith("_time") and not _is_day(value):
            found.append(f"“{name}” must be a day such as 2025-07-01")
    found += _faults_of_content(record.get("data_content"))
    if "annotation" in record:
        found += _faults_of_annotation(record["annotation"])
    return tuple(found)


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _faults_of_content(content: object) -> list[str]:
    found = []
    for place, one in enumerate(content if isinstance(content, list) else ()):
        if not isinstance(one, dict) or one.get("media_type") not in MEDIA:
            found.append(f"content {place + 1} has no known “media_type”")
        elif not isinstance(one.get("content"), str) or not one["content"].strip():
            found.append(f"content {place + 1} is empty")
    return found


def _faults_of_annotation(annotation: object) -> list[str]:
    if annotation is None:
        return []
    if not isinstance(annotation, dict):
        return ["“annotation” must be an object or null"]
    found = []
    label = annotation.get("label")
    if not isinstance(label, list) or not label:
        found.append("“annotation.label” must be a list that is not empty")
    for name, words in (("annotation_method", METHODS), ("annotator", ANNOTATORS)):
        if name not in annotation:
            found.append(f"“annotation.{name}” is missing")
        elif annotation[name] is not None and annotation[name] not in words:
            allowed = ", ".join(sorted(words))
            found.append(f"“annotation.{name}” must be one of these: {allowed}")
    return found


def check_records(given: Iterable[object]) -> int:
    """Check the records of a file, each read as JSON within bounds; return how many there are.

    Raises:
        FormatError: `bad-record`, with all that is wrong with the first one that is.
    """
    seen: set[str] = set()
    count = 0
    for number, record in enumerate(given, start=1):
        found = faults(record)
        if not found and isinstance(record, dict) and record["id"] in seen:
            found = (f"the id “{record['id']}” stands twice",)
        if found:
            raise FormatError("bad-record", item=str(number), reason="; ".join(found))
        assert isinstance(record, dict)
        seen.add(record["id"])
        count += 1
    return count
