"""Find the labels of a project that are likely wrong, by what a model says that never saw them.

Comparing takes seconds, so that a worker does it (`execution`); scikit-learn is imported when a
process first compares, so that the others stay small.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np

from marketplace.annotation.arbitration.selectors import Outcome, outcomes_of_project
from marketplace.annotation.mislabels.confident import Doubt, doubts_of
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import cells_of_rows, whole_text

COMPARING: Final = "marketplace.annotation.mislabels.texts"
MOST_COMPARED = 5000
"""So many items are compared in a few seconds."""


@dataclass(frozen=True)
class LikelyError:
    """An item whose label is likely wrong: the codes of what it has and more likely is.

    Of the items that have the other label the models are `usual_percent` sure on average.
    """

    item: str
    given: str
    likely: str
    given_percent: int
    likely_percent: int
    usual_percent: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class CountedLabels:
    """The items of a project whose label is known, by its accepted labels and decisions."""

    project: LabellingProject
    outcomes: Sequence[Outcome]

    @property
    def codes(self) -> list[str]:
        """Return the class of each item."""
        return [str((one.answer or {})["classes"][0]) for one in self.outcomes]

    @property
    def sha256(self) -> str:
        """Return the digest of what is compared: other labels or rows are compared anew."""
        pairs = zip(self.outcomes, self.codes, strict=True)
        said = [[str(one.item.pk), code, one.is_decided] for one, code in pairs]
        return hashlib.sha256(json.dumps([self.project.version.sha256, said]).encode()).hexdigest()


def counted_labels(project: LabellingProject) -> CountedLabels:
    """Return the first items of a project whose label is known, in the order of their rows."""
    known = [one for one in outcomes_of_project(project) if one.is_complete and one.answer]
    return CountedLabels(project, known[:MOST_COMPARED])


def likely_errors_among(
    project: LabellingProject, labels: CountedLabels
) -> list[LikelyError] | None:
    """Compare labels with what texts alike are labelled; None where there is too little.

    The least sure label comes first. What somebody decided on is known, and not among them.

    Raises:
        WrongState: the file of the masked version was removed or is damaged.
    """
    outcomes, said = labels.outcomes, labels.codes
    codes = sorted(set(said))
    if len(codes) < 2:
        return None
    cells = cells_of_rows(project, [one.item.row for one in outcomes])
    numbers = np.array([codes.index(code) for code in said], dtype=np.int64)
    shares = import_module(COMPARING).shares_of([whole_text(each).text for each in cells], numbers)
    if shares is None:
        return None
    doubts = doubts_of(numbers, shares)
    return [
        _told(outcomes[one.place], one, codes)
        for one in doubts
        if not outcomes[one.place].is_decided
    ]


def _told(outcome: Outcome, doubt: Doubt, codes: Sequence[str]) -> LikelyError:
    return LikelyError(
        item=str(outcome.item.pk),
        given=codes[doubt.given],
        likely=codes[doubt.likely],
        given_percent=round(doubt.given_share * 100),
        likely_percent=round(doubt.likely_share * 100),
        usual_percent=round(doubt.usual * 100),
    )
