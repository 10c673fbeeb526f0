"""Label Studio's configuration and tasks, both ways.

The form is that of “Label Studio Task Format” and of the tags `Choices`, `Labels` and `TextArea`
(labelstud.io/guide/task_format, labelstud.io/tags; read 2026-11-29). Who labelled stands in the
data of a task under `labelled_by`, in the order of its annotations: what Label Studio keeps under
`completed_by` is an account of its own server, and pseudonyms have none.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any
from xml.etree import ElementTree

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.formats.labelled_set import (
    Item,
    Label,
    LabelledSet,
    Method,
    check_value,
)
from marketplace.annotation.kinds.kind import Answer, Part, Scheme, Span

TEXT = "text"
TYPES = {Part.CLASSES: "choices", Part.SPANS: "labels", Part.TEXT: "textarea"}


def labelling_config(scheme: Scheme) -> str:
    view = ElementTree.Element("View")
    if scheme.guideline:
        ElementTree.SubElement(view, "Header", {"value": scheme.guideline, "size": "5"})
    if scheme.kind.part == Part.SPANS:
        _classes(view, scheme, "Labels", "Label", {})
    ElementTree.SubElement(view, "Text", {"name": TEXT, "value": f"${TEXT}"})
    if scheme.kind.part == Part.CLASSES:
        choice = "single" if scheme.kind.has_one else "multiple"
        _classes(view, scheme, "Choices", "Choice", {"choice": choice, "showInline": "true"})
    if scheme.kind.part == Part.TEXT:
        ElementTree.SubElement(
            view, "TextArea", {"name": scheme.name, "toName": TEXT, "maxSubmissions": "1"}
        )
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode")


def _classes(
    view: ElementTree.Element, scheme: Scheme, tag: str, each: str, more: Mapping[str, str]
) -> None:
    group = ElementTree.SubElement(view, tag, {"name": scheme.name, "toName": TEXT, **more})
    for one in scheme.classes:
        told = {"value": one.title}
        if one.title != one.code:
            told["alias"] = one.code
        if one.key:
            told["hotkey"] = one.key
        ElementTree.SubElement(group, each, told)


def tasks(labelled: LabelledSet) -> Iterator[dict[str, Any]]:
    """Give a task for each item, its labels as annotations and those of models as predictions.

    The accepted label is an annotation too, the last one, marked as ground truth.
    """
    scheme = labelled.scheme
    for number, item in enumerate(labelled.items, start=1):
        region = blake2b(item.item_id.encode(), digest_size=5).hexdigest()
        human = [one for one in item.labels if not one.is_prediction]
        made = [
            _annotation(one, item, scheme, f"{region}-{place}") for place, one in enumerate(human)
        ]
        who = [one.annotator for one in human]
        if item.accepted is not None:
            final = Label("", item.accepted, item.accepted_at or labelled.modified_at)
            made.append(_annotation(final, item, scheme, f"{region}-a") | {"ground_truth": True})
            who.append("")
        yield {
            "id": number,
            "data": {TEXT: item.text, "item_id": item.item_id, "labelled_by": who, **_keys(item)},
            "annotations": made,
            "predictions": [
                {
                    "model_version": one.annotator,
                    "score": one.score,
                    "result": _result(one, item, scheme, f"{region}-p{place}"),
                }
                for place, one in enumerate(one for one in item.labels if one.is_prediction)
            ],
        }


def write_tasks(labelled: LabelledSet) -> bytes:
    """Return the file that a project of Label Studio imports: a JSON list of tasks."""
    lines = (json.dumps(one, ensure_ascii=False) for one in tasks(labelled))
    return ("[" + ",\n".join(lines) + "]\n").encode()


def write_items(items: Iterable[Item]) -> bytes:
    """Return a file of tasks that nobody has labelled yet."""
    told = [
        {"id": number, "data": {TEXT: one.text, "item_id": one.item_id}}
        for number, one in enumerate(items, start=1)
    ]
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _keys(item: Item) -> dict[str, str]:
    time = "" if item.time is None else item.time.isoformat()
    told = {"time": time, "group": item.group, "stratum": item.stratum, "split": item.split}
    return {name: value for name, value in told.items() if value}


def _annotation(label: Label, item: Item, scheme: Scheme, region: str) -> dict[str, Any]:
    when = label.made_at.isoformat()
    return {
        "result": _result(label, item, scheme, region),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": when,
        "updated_at": when,
        "lead_time": label.seconds,
    }


def _result(label: Label, item: Item, scheme: Scheme, region: str) -> list[dict[str, Any]]:
    """Return what was said, each part under a name that is the same each time it is written."""
    value = label.value
    if scheme.kind.part == Part.SPANS:
        said: list[dict[str, Any]] = [
            {
                "start": span.start,
                "end": span.end,
                "text": item.text[span.start : span.end],
                "labels": [span.label],
            }
            for span in value.spans
        ]
    elif scheme.kind.part == Part.TEXT:
        said = [{"text": [value.text]}] if value.text else []
    else:
        said = [{"choices": list(value.classes)}] if value.classes else []
    origin = "manual" if label.method == Method.MANUAL else "prediction"
    kind = TYPES[scheme.kind.part]
    return [
        {
            "id": f"{region}-{place}",
            "from_name": scheme.name,
            "to_name": TEXT,
            "type": kind,
            "origin": origin,
            "value": one,
        }
        for place, one in enumerate(said)
    ]


def read_tasks(given: object, scheme: Scheme) -> tuple[Item, ...]:
    """Return the items of what Label Studio, or `write_tasks`, wrote, read as JSON within bounds.

    What was skipped is left out. Who labelled and is named nowhere gets a pseudonym from the
    number of the account on the server that wrote it, never a name or an e-mail address.

    Raises:
        FormatError: `bad-task`: it is no list of tasks, or says what the scheme does not allow.
    """
    if not isinstance(given, list):
        raise FormatError("bad-task", item="1", reason="the file is not a list of tasks")
    return tuple(_item(one, place, scheme) for place, one in enumerate(given, start=1))


def _item(task: object, place: int, scheme: Scheme) -> Item:
    name = str(place)
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(task, dict) or not isinstance(data, dict):
        raise FormatError("bad-task", item=name, reason="it has no data")
    text = data.get(TEXT)
    if not isinstance(text, str):
        raise FormatError("bad-task", item=name, reason=f"its data has no “{TEXT}”")
    item = Item(
        item_id=str(data.get("item_id") or task.get("id") or place),
        text=text,
        time=_time(data.get("time"), name) if data.get("time") else None,
        group=str(data.get("group", "")),
        stratum=str(data.get("stratum", "")),
        split=str(data.get("split", "")),
    )
    labels, accepted, accepted_at = _labels(task, data, item, scheme, name)
    made = replace(item, labels=labels, accepted=accepted, accepted_at=accepted_at)
    for value in (*(one.value for one in labels), *((accepted,) if accepted else ())):
        try:
            check_value(value, scheme, made)
        except FormatError as error:
            reason = error.parameters["reason"]
            raise FormatError("bad-task", item=name, reason=reason) from error
    return made


def _labels(
    task: Mapping[str, Any], data: Mapping[str, Any], item: Item, scheme: Scheme, name: str
) -> tuple[tuple[Label, ...], Answer | None, datetime | None]:
    labels: list[Label] = []
    accepted, accepted_at = None, None
    who = data.get("labelled_by") if isinstance(data.get("labelled_by"), list) else []
    for place, one in enumerate(_listed(task, "annotations", name)):
        if one.get("was_cancelled"):
            continue
        value = _value(one.get("result"), scheme, name)
        when = _time(one.get("created_at"), name)
        known = str(who[place]) if who and place < len(who) else _pseudonym(one, name)
        if one.get("ground_truth") and not known:
            accepted, accepted_at = value, when
            continue
        seconds = one.get("lead_time")
        labels.append(
            Label(
                known,
                value,
                when,
                method=_method(one),
                seconds=float(seconds) if seconds is not None else None,
            )
        )
    for one in _listed(task, "predictions", name):
        score = one.get("score")
        labels.append(
            Label(
                annotator=str(one.get("model_version") or "model"),
                value=_value(one.get("result"), scheme, name),
                made_at=_time(one.get("created_at") or task.get("created_at") or EPOCH, name),
                method=Method.AUTOMATIC,
                is_prediction=True,
                score=float(score) if score is not None else None,
            )
        )
    return tuple(labels), accepted, accepted_at


def _method(annotation: Mapping[str, Any]) -> Method:
    """Return how an annotation came about: one of a model, taken over or changed, says so."""
    origins = [one.get("origin") for one in annotation["result"]]
    is_made = any(str(one).startswith("prediction") for one in origins)
    return Method.SEMI_AUTOMATIC if is_made else Method.MANUAL


EPOCH = "1970-01-01T00:00:00+00:00"
"""When a prediction was made that does not say it."""


def _listed(task: Mapping[str, Any], key: str, name: str) -> Sequence[Mapping[str, Any]]:
    given = task.get(key) or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise FormatError("bad-task", item=name, reason=f"its {key} are not a list")
    return given


def _pseudonym(annotation: Mapping[str, Any], name: str) -> str:
    by = annotation.get("completed_by")
    number = by.get("id") if isinstance(by, dict) else by
    if not isinstance(number, int):
        raise FormatError("bad-task", item=name, reason="an annotation says nothing of who made it")
    return f"account-{number}"


def _time(given: object, name: str) -> datetime:
    try:
        return datetime.fromisoformat(str(given))
    except ValueError as error:
        raise FormatError("bad-task", item=name, reason=f"“{given}” is no time") from error


def _value(result: object, scheme: Scheme, name: str) -> Answer:
    if not isinstance(result, list):
        raise FormatError("bad-task", item=name, reason="an annotation has no result")
    classes: list[str] = []
    spans: list[Span] = []
    text = ""
    for one in _of_scheme(result, scheme, name):
        value = one.get("value")
        if not isinstance(value, dict):
            raise FormatError("bad-task", item=name, reason="a result has no value")
        try:
            if scheme.kind.part == Part.SPANS:
                spans += [Span(value["start"], value["end"], code) for code in value["labels"]]
            elif scheme.kind.part == Part.TEXT:
                said = value["text"]
                text = "\n".join(said) if isinstance(said, list) else said
            else:
                classes += value["choices"]
        except (KeyError, TypeError) as error:
            raise FormatError("bad-task", item=name, reason="a result is incomplete") from error
    places = [place for span in spans for place in (span.start, span.end)]
    codes = [*classes, *(span.label for span in spans), text]
    if not all(type(one) is int for one in places) or not all(type(one) is str for one in codes):
        raise FormatError("bad-task", item=name, reason="a result has values of another type")
    return Answer(tuple(classes), tuple(sorted(spans)), text)


def _of_scheme(result: Iterable[object], scheme: Scheme, name: str) -> Iterator[Mapping[str, Any]]:
    for one in result:
        if not isinstance(one, dict) or one.get("type") != TYPES[scheme.kind.part]:
            raise FormatError("bad-task", item=name, reason="a result is of another kind")
        yield one
