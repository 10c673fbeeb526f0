"""What masks would make of a few rows, before anything is decided.

Shown to officers of the organization alone, who may see the raw data. Keyed masks get a key that is
thrown away, so that a preview tells nothing of the codes in a release.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from desensitize.crypto import KeyRing
from desensitize.engines.pairs import check_pair
from desensitize.errors import DesensitizeError
from desensitize.masks.ends import read_ends
from desensitize.policy import ColumnRule
from desensitize.privacy import Hierarchy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Refusal
from marketplace.preparation.adapters import sentence_of
from marketplace.preparation.mask.words import mask_label
from marketplace.preparation.version.values import SHOWN_ROWS, column_values, first_rows
from marketplace.web.shares import count

SAMPLE_ROWS = 200
ROWS_FOR_VALUES = 100_000


@dataclass(frozen=True)
class Cell:
    """A value before and after; None where it is empty."""

    before: str | None
    after: str | None


@dataclass(frozen=True)
class ColumnPreview:
    """A column in a few rows: the cells, or why there are none, and what is to be known of it."""

    column: str
    mask_label: str
    cells: tuple[Cell, ...]
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """A few rows before and after; `levels` are those that can be chosen for generalizing."""

    rows: int
    columns: tuple[ColumnPreview, ...]
    level: int
    levels: tuple[int, ...]

    @property
    def row_numbers(self) -> range:
        """Return the numbers of the shown rows' columns."""
        return range(1, self.rows + 1)


def preview_of(
    version: DatasetVersion, rules: Sequence[Mapping[str, Any]], *, level: int
) -> Preview:
    """Mask a few rows by rules as a policy's document holds them, the generalized at one level.

    A rule that is wrong is told beside its column.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    sample = first_rows(version, [str(rule["name"]) for rule in rules], SAMPLE_ROWS)
    places = _spread(sample.height)
    # Keys of the release are neither made nor used.
    keys = KeyRing.generate(dataset="preview")
    columns, depth = [], 1
    for rule in rules:
        values = sample[str(rule["name"])]
        try:
            checked = ColumnRule.from_dict(rule)
            if checked.mask == "generalize":
                hierarchy = _hierarchy(version, checked)
                depth = max(depth, hierarchy.levels)
                columns.append(_at_level(checked, values, hierarchy, places, level))
            else:
                columns.append(_masked(checked, sample, keys, places))
        except DesensitizeError as error:
            problem = sentence_of(error.code, error.parameters)
            columns.append(_refused(rule, problem))
        except Refusal as refusal:
            columns.append(_refused(rule, refusal.sentence))
    return Preview(len(places), tuple(columns), level, tuple(range(1, depth)))


def _spread(rows: int) -> list[int]:
    shown = min(SHOWN_ROWS, rows)
    return [place * rows // shown for place in range(shown)]


def _hierarchy(version: DatasetVersion, rule: ColumnRule) -> Hierarchy:
    rows = rule.make_mask().options.table("hierarchy")
    if rows is not None:
        return Hierarchy.checked(rule.name, rows)
    return column_values(version, rule.name, most_rows=ROWS_FOR_VALUES).hierarchy()


def _at_level(
    rule: ColumnRule, values: pl.Series, hierarchy: Hierarchy, places: Sequence[int], level: int
) -> ColumnPreview:
    reached = min(level, hierarchy.levels - 1)
    labels = {row[0]: row[reached] for row in hierarchy.rows}
    before = _texts(values, places)
    after = [labels.get(text, "*") if text is not None else None for text in before]
    return _column(rule, before, _as_pair(rule, after, values.dtype), "")


def _masked(
    rule: ColumnRule, sample: pl.DataFrame, keys: KeyRing, places: Sequence[int]
) -> ColumnPreview:
    mask, values, note = rule.make_mask(), sample[rule.name], ""
    try:
        masked = mask.apply(values, beside=sample)
    except DesensitizeError as error:
        if error.code != "key-needed":
            raise
        masked = mask.apply(values, keys=keys, beside=sample)
        note = _("With a key made for this preview: the codes of the release will be others.")
    if mask.description.one_value:
        note = _(
            "It will say the same wherever it is filled. Leave it out, or choose what keeps more."
        )
    if mask.description.whole_column:
        seen = _(
            "Made from the first %(rows)s rows alone. A run looks at the whole column, so that "
            "its values will be others."
        ) % {"rows": count(sample.height)}
        note = f"{seen} {note}".strip()
    before = _texts(values, places)
    if masked is None:
        return ColumnPreview(
            rule.name, mask_label(rule.mask), (), note=_("The column does not appear.")
        )
    return _column(rule, before, _as_pair(rule, _texts(masked, places), values.dtype), note)


def _as_pair(
    rule: ColumnRule, labels: Sequence[str | None], dtype: pl.DataType
) -> Sequence[str | None]:
    """Return the two values that labels come as, as one text; the labels where they come so."""
    if not rule.from_to:
        return labels
    kind = check_pair(rule, dtype)
    ends = [read_ends(label, kind) if label is not None else None for label in labels]
    return [
        None if one is None else " … ".join("" if end is None else str(end) for end in one).strip()
        for one in ends
    ]


def _column(
    rule: ColumnRule, before: Sequence[str | None], after: Sequence[str | None], note: str
) -> ColumnPreview:
    cells = tuple(Cell(*pair) for pair in zip(before, after, strict=True))
    if rule.from_to:
        low, high = rule.released_as
        comes = _("Comes as two columns: %(from)s and %(to)s.") % {"from": low, "to": high}
        note = f"{comes} {note}".strip()
    return ColumnPreview(rule.name, mask_label(rule.mask), cells, note=note)


def _refused(rule: Mapping[str, Any], problem: str) -> ColumnPreview:
    return ColumnPreview(str(rule["name"]), mask_label(str(rule["mask"])), (), problem=problem)


def _texts(values: pl.Series, places: Sequence[int]) -> list[str | None]:
    shown = values.gather(list(places))
    return [None if value is None else str(value) for value in shown.cast(pl.String).to_list()]
