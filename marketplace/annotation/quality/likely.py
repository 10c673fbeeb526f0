"""Find the labels of a project that are likely wrong, by what a model says that never saw them.

scikit-learn is imported when a process first compares, so that the others stay small.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final
from uuid import UUID

import numpy as np
from django.core.cache import cache

from marketplace.annotation.arbitration.selectors import Outcome, outcomes_of_project
from marketplace.annotation.mislabels.confident import Doubt, doubts_of
from marketplace.annotation.project.choices import LabelKind
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.reading import cells_of_rows, whole_text

COMPARING: Final = "marketplace.annotation.mislabels.texts"
MOST_LOOKED_AT = 5000
"""So many items are compared in a few seconds."""
DAY = 24 * 3600
TOO_FEW: Final = "too few"


@dataclass(frozen=True)
class LikelyError:
    """An item whose label is likely wrong: what it has, what it more likely is, and how sure.

    Of the items that have the other label the model is `usual` sure on average.
    """

    item_id: UUID
    row: int
    given: str
    likely: str
    given_percent: int
    likely_percent: int
    usual_percent: int


@dataclass(frozen=True)
class LikelyErrors:
    """What was found: of how many items, the least sure label first.

    `known` is whether there was enough to compare.
    """

    items: int
    known: bool
    found: tuple[LikelyError, ...]


NOTHING = LikelyErrors(0, known=False, found=())


def likely_errors_of(project: LabellingProject) -> LikelyErrors:
    """Compare the labels that count with what texts alike are labelled.

    Raises:
        WrongState: the file of the masked version was removed or is damaged.
    """
    if project.kind != LabelKind.ONE:
        return NOTHING
    compared = [one for one in outcomes_of_project(project) if one.is_complete and one.answer]
    compared = compared[:MOST_LOOKED_AT]
    said = [str((one.answer or {})["classes"][0]) for one in compared]
    key = _key(project, compared, said)
    kept: tuple[Doubt, ...] | str | None = cache.get(key)
    if kept is None:
        kept = _doubts(project, compared, said)
        cache.set(key, kept, DAY)
    if isinstance(kept, str):
        return LikelyErrors(len(compared), known=False, found=())
    labels = sorted(set(said))
    # What somebody decided on is known.
    found = [
        _told(compared[one.place].item, one, [project.scheme.label_of(code) for code in labels])
        for one in kept
        if not compared[one.place].is_decided
    ]
    return LikelyErrors(len(compared), known=True, found=tuple(found))


def _doubts(
    project: LabellingProject, compared: Sequence[Outcome], said: Sequence[str]
) -> tuple[Doubt, ...] | str:
    """Return the doubts, or `TOO_FEW`."""
    codes = sorted(set(said))
    labels = np.array([codes.index(code) for code in said], dtype=np.int64)
    if not compared:
        return TOO_FEW
    texts = [
        whole_text(each).text for each in cells_of_rows(project, [one.item.row for one in compared])
    ]
    shares = import_module(COMPARING).shares_of(texts, labels)
    return TOO_FEW if shares is None else tuple(doubts_of(labels, shares))


def _told(item: Item, doubt: Doubt, names: Sequence[str]) -> LikelyError:
    return LikelyError(
        item_id=item.pk,
        row=item.row,
        given=names[doubt.given],
        likely=names[doubt.likely],
        given_percent=round(doubt.given_share * 100),
        likely_percent=round(doubt.likely_share * 100),
        usual_percent=round(doubt.usual * 100),
    )


def _key(project: LabellingProject, compared: Sequence[Outcome], said: Sequence[str]) -> str:
    """Return the key of what was compared: other labels or other rows are compared anew."""
    pairs = [[str(one.item.pk), code] for one, code in zip(compared, said, strict=True)]
    told = json.dumps([str(project.pk), project.version.sha256, pairs]).encode()
    return f"likely-errors:{hashlib.sha256(told).hexdigest()}"
