"""Labelled sets as Parquet: a row an item, and each label of it with who made it."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marketplace.annotation.formats.labelled_set import Item, Label, LabelledSet, Method
from marketplace.annotation.kinds.kind import Answer, Part, Scheme, Span

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("code", pa.string())])
VALUE = pa.struct(
    [("classes", pa.list_(pa.string())), ("spans", pa.list_(SPAN)), ("text", pa.string())]
)
TIME = pa.timestamp("us", tz="UTC")
LABEL = pa.struct(
    [
        ("annotator", pa.string()),
        ("value", VALUE),
        ("made_at", TIME),
        ("method", pa.string()),
        ("seconds", pa.float64()),
        ("is_prediction", pa.bool_()),
        ("score", pa.float64()),
    ]
)
SCHEMA = pa.schema(
    [
        ("item_id", pa.string()),
        ("text", pa.string()),
        ("label", pa.string()),
        ("accepted", VALUE),
        ("accepted_at", TIME),
        ("labels", pa.list_(LABEL)),
        ("time", TIME),
        ("group", pa.string()),
        ("stratum", pa.string()),
        ("split", pa.string()),
    ]
)
"""The columns; `label` repeats an accepted class in one word, for readers of flat tables."""


def write_parquet(labelled: LabelledSet, target: Path) -> None:
    """Write a set as Parquet; its scheme stands in the metadata of the file, as JSON."""
    scheme = labelled.scheme
    rows = [_row(item, scheme) for item in labelled.items]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    told = {"scheme": json.dumps(_told(scheme), ensure_ascii=False), "version": labelled.version}
    pq.write_table(table.replace_schema_metadata(told), target, compression="zstd")


def read_parquet(path: Path) -> tuple[Item, ...]:
    return tuple(_item(row) for row in pq.read_table(path, schema=SCHEMA).to_pylist())


def _told(scheme: Scheme) -> dict[str, Any]:
    return {
        "kind": scheme.kind.told_as,
        "name": scheme.name,
        "version": scheme.version,
        "classes": [{"code": one.code, "title": one.title} for one in scheme.classes],
    }


def flat(value: Answer | None, scheme: Scheme) -> str | None:
    """Return an accepted value in one cell: the class, classes with commas, spans as JSON."""
    if value is None:
        return None
    if scheme.kind.part == Part.TEXT:
        return value.text
    if scheme.kind.part == Part.SPANS:
        return json.dumps([[one.start, one.end, one.label] for one in value.spans])
    return ",".join(value.classes)


def _row(item: Item, scheme: Scheme) -> dict[str, Any]:
    return {
        "item_id": item.item_id,
        "text": item.text,
        "label": flat(item.accepted, scheme),
        "accepted": None if item.accepted is None else _plain(item.accepted),
        "accepted_at": item.accepted_at,
        "labels": [
            {
                "annotator": one.annotator,
                "value": _plain(one.value),
                "made_at": one.made_at,
                "method": one.method.value,
                "seconds": one.seconds,
                "is_prediction": one.is_prediction,
                "score": one.score,
            }
            for one in item.labels
        ],
        "time": item.time,
        "group": item.group,
        "stratum": item.stratum,
        "split": item.split,
    }


def _plain(value: Answer) -> dict[str, Any]:
    spans = [{"start": one.start, "end": one.end, "code": one.label} for one in value.spans]
    return {"classes": list(value.classes), "spans": spans, "text": value.text}


def _item(row: dict[str, Any]) -> Item:
    labels = tuple(
        Label(
            one["annotator"],
            _value(one["value"]),
            one["made_at"],
            Method(one["method"]),
            one["seconds"],
            one["is_prediction"],
            one["score"],
        )
        for one in row["labels"]
    )
    accepted = None if row["accepted"] is None else _value(row["accepted"])
    kept = {
        name: row[name]
        for name in ("item_id", "text", "accepted_at", "time", "group", "stratum", "split")
    }
    return Item(**kept, labels=labels, accepted=accepted)


def _value(plain: dict[str, Any]) -> Answer:
    spans = tuple(Span(one["start"], one["end"], one["code"]) for one in plain["spans"])
    return Answer(tuple(plain["classes"]), spans, plain["text"])
