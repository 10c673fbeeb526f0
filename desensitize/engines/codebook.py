"""Say what the columns of a release mean, in its own bytes and in a file beside them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from desensitize.engines.pairs import bounds_of, said_of_pair
from desensitize.engines.publication import published
from desensitize.masks import MASKS
from desensitize.masks.constant import Constant
from desensitize.masks.generalize import ANYTHING, Generalize
from desensitize.masks.hierarchy import HierarchyLevel
from desensitize.masks.redact import Redact
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy.pairs import label_of
from desensitize.tables.schema import type_name

# What a reader needs to understand the values; other options are the officer's own business.
WRITTEN_AS_JSON = frozenset({"treatment_options", "codes", "missing_codes", "levels"})
KEYS = WRITTEN_AS_JSON | {
    "type", "label", "unit", "meaning", "treatment", "treatment_meaning",
    "bound_of", "bound", "bound_edge", "bound_meaning",
}  # fmt: skip
SYNTHETIC = "synthetic"
DRAWN = "The values are those of nobody: rows were drawn from a model of noisy counts."
TOLD = ("number", "integer", "choice")


@dataclass(frozen=True)
class Annotation:
    """Hold what a person has written of a column; `codes` says what its codes mean.

    `missing` are the codes that stand for a value that is not known.
    """

    label: str = ""
    unit: str = ""
    meaning: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """Hold what is known of the columns besides the policy of a run.

    `policy` is the one that made the values, where the run only copies them for somebody.
    """

    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    policy: Policy | None = None

    def __call__(self, policy: Policy, released: Mapping[str, pl.DataType]) -> dict[str, Any]:
        """Return what each released column means, as values that JSON can hold.

        It follows policy and annotations alone, never the rows of one release.
        """
        rules, told = self.policy or policy, self.annotations
        entries = [
            _entry(rules.released_rule(name), name, dtype, told) for name, dtype in released.items()
        ]
        if rules.synthetic is not None:
            for entry in entries:
                entry |= {"treatment": SYNTHETIC, "treatment_meaning": DRAWN}
        return {"columns": entries}


EXPLAINED = Explained()


def write_codebook(book: Mapping[str, Any], target: Path) -> None:
    """Write a codebook as JSON; it appears whole or not at all.

    Raises:
        TableError: `write-failed`.
    """
    with published(target) as temporary:
        text = json.dumps(book, ensure_ascii=False, indent=2)
        temporary.write_text(text + "\n", encoding="utf-8")


def explained_schema(released: pl.Schema, book: Mapping[str, Any]) -> pa.Schema | None:
    """Return Arrow's schema of a release, each field with what the codebook says of it.

    Return None where Arrow has no type for a column, such as whole numbers of 128 bits.
    """
    try:
        plain = pl.DataFrame(schema=released).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    except pa.ArrowInvalid:
        return None
    fields = [
        one.with_metadata(_texts(entry)) for one, entry in zip(plain, book["columns"], strict=True)
    ]
    return pa.schema(fields)


def read_codebook(table: pa.Schema) -> dict[str, Any]:
    """Return the codebook that the fields of a release carry."""
    columns = []
    for one in table:
        texts = {key.decode(): value.decode() for key, value in (one.metadata or {}).items()}
        read = {
            name: json.loads(text) if name in WRITTEN_AS_JSON else text
            for name, text in texts.items()
            if name in KEYS
        }
        columns.append({"name": one.name, "missing_codes": [], **read})
    return {"columns": columns}


def _entry(
    rule: ColumnRule, name: str, dtype: pl.DataType, annotations: Mapping[str, Annotation]
) -> dict[str, Any]:
    mask = MASKS[rule.mask]
    told = annotations.get(name) or _of_column(rule, name, annotations)
    given = {
        one.name: rule.options.get(one.name, one.default)
        for one in mask.description.options
        if one.kind in TOLD
    }
    entry: dict[str, Any] = {
        "name": name,
        "type": type_name(dtype),
        "label": told.label,
        "unit": told.unit,
        "meaning": told.meaning,
        "treatment": rule.mask,
        "treatment_meaning": (mask.__doc__ or "").split("\n\n")[0].replace("\n    ", " "),
        "treatment_options": {name: value for name, value in given.items() if value is not None},
        "codes": dict(told.codes),
        # Numbers and dates have no mark for what is hidden: those cells are empty.
        "missing_codes": [*told.missing, *(_hidden(rule) if dtype == pl.String else [])],
        "levels": _levels(rule),
    }
    if rule.from_to and name != rule.name:
        # What single values mean says nothing of the ends of intervals.
        entry |= {"codes": {}, "missing_codes": []} | said_of_pair(rule, name, dtype)
        for level in entry["levels"]:
            level["bounds"] = bounds_of(level["labels"], dtype)
    return {name: value for name, value in entry.items() if value or name == "missing_codes"}


def _of_column(rule: ColumnRule, name: str, annotations: Mapping[str, Annotation]) -> Annotation:
    told = annotations.get(rule.name, Annotation())
    return replace(told, label=label_of(rule.name, told.label, name))


def _hidden(rule: ColumnRule) -> list[str]:
    """Return what the mask writes where it says nothing of a value."""
    mask = rule.make_mask()
    if isinstance(mask, Generalize):
        return [ANYTHING]
    if isinstance(mask, Redact):
        return [mask.options.text("mark")]
    if isinstance(mask, Constant):
        return [mask.options.text("value")]
    return []


def _levels(rule: ColumnRule) -> list[dict[str, Any]]:
    """Return the labels of each level that may stand in the column, and the values under each.

    Only a hierarchy that a person has given is told: one made from the data would tell its values.
    """
    mask = rule.make_mask()
    if not isinstance(mask, Generalize | HierarchyLevel):
        return []
    rows = mask.options.table("hierarchy") or ()
    depth = min((len(row) for row in rows), default=0)
    wanted: Iterable[int] = (
        [mask.options.integer("level")]
        if isinstance(mask, HierarchyLevel)
        else range(mask.options.integer("finest"), depth)
    )
    levels = []
    for level in wanted:
        labels: dict[str, list[str]] = {}
        for row in rows:
            labels.setdefault(row[level], []).append(row[0])
        levels.append({"level": level, "labels": labels})
    return levels


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in entry.items()
        if name in KEYS and value
    }
