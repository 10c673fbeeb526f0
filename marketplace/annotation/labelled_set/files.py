"""The files of a labelled set, byte for byte the same each time."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from marketplace.annotation import formats
from marketplace.annotation.formats.croissant import DataFile, croissant
from marketplace.annotation.formats.label_studio import labelling_config, write_tasks
from marketplace.annotation.formats.packing import packed
from marketplace.annotation.formats.splits import SplitBy, split
from marketplace.annotation.formats.tables import write_parquet
from marketplace.annotation.formats.tc609 import write_records
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.labelled_set.choices import LabelFormat
from marketplace.vault.services import work_folder

SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}
ITEMS = "items.parquet"


@dataclass(frozen=True)
class LabelFile:
    """A file to be saved: its name, its media type, and its bytes."""

    name: str
    media: str
    content: bytes


def in_parts(
    told: formats.LabelledSet, by: SplitBy | None, keys: Mapping[str, str]
) -> formats.LabelledSet:
    """Return a set whose items are in the parts for training, validation and test.

    `keys` has what each item is split by; without any it is the accepted label. Parts that tell of
    one another are refused.

    Raises:
        FormatError: `no-key`, `split-leaks`.
    """
    if by is None:
        return told
    items = tuple(_keyed(one, by, keys.get(one.item_id, "")) for one in told.items)
    return replace(told, items=split(items, SHARES, by=by))


def _keyed(item: formats.Item, by: SplitBy, key: str) -> formats.Item:
    if by == SplitBy.TIME:
        return replace(item, time=_moment(item, key))
    if by == SplitBy.GROUP:
        return replace(item, group=key)
    value = item.accepted or Answer()
    said = ";".join((*value.classes, *sorted({one.label for one in value.spans})))
    return replace(item, stratum=key or said or "-")


def _moment(item: formats.Item, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise formats.FormatError("no-key", item=item.item_id, reason="time") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _label_studio(told: formats.LabelledSet) -> bytes:
    return packed(
        {"tasks.json": write_tasks(told), "config.xml": labelling_config(told.scheme).encode()}
    )


def _parquet(told: formats.LabelledSet) -> bytes:
    with work_folder() as folder:
        write_parquet(told, folder / ITEMS)
        return (folder / ITEMS).read_bytes()


def _croissant(told: formats.LabelledSet) -> bytes:
    items = _parquet(told)
    digest = hashlib.sha256(items).hexdigest()
    described = croissant(told, DataFile(ITEMS, ITEMS, digest, len(items)))
    text = json.dumps(described, ensure_ascii=False, indent=2)
    return packed({"croissant.json": text.encode(), ITEMS: items})


@dataclass(frozen=True)
class Written:
    """How a format is written: the ending of its name, its media type, and its bytes."""

    ending: str
    media: str
    write: Callable[[formats.LabelledSet], bytes]


FORMATS: Mapping[str, Written] = MappingProxyType(
    {
        LabelFormat.LABEL_STUDIO: Written("label-studio.zip", "application/zip", _label_studio),
        LabelFormat.TC609: Written("jsonl", "application/octet-stream", write_records),
        LabelFormat.CROISSANT: Written("croissant.zip", "application/zip", _croissant),
        LabelFormat.PARQUET: Written("parquet", "application/octet-stream", _parquet),
    }
)


def written(told: formats.LabelledSet, form: str, name: str) -> LabelFile:
    found = FORMATS[form]
    return LabelFile(f"{name}.{found.ending}", found.media, found.write(told))
