"""Make a declaration of what was chosen, by what the columns of a version are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import ColumnType
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Invalid
from marketplace.core.arguments import refused
from marketplace.learning.adapters import refusal_of
from marketplace.learning.run import arguments as taken
from marketplace.learning.training.declaration import (
    OF_TEXTS,
    Declaration,
    Family,
    Feature,
    Kind,
    Metric,
    Split,
    SplitKind,
)
from marketplace.learning.training.errors import TrainingError

NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.FLOAT, ColumnType.BOOLEAN)
TEXTS = (ColumnType.TEXT,)
MOMENTS = (*NUMBERS[:3], ColumnType.DATE, ColumnType.DATETIME)
PARTS = ("features", "candidates", "shards", "seed", "words", "labels", "epsilon")
"""What of a declaration is named as the field that it was entered in."""


@dataclass(frozen=True)
class Chosen:
    """What an officer chose of a training run."""

    target: Annotated[str, taken.TARGET]
    features: Annotated[Sequence[str], taken.FEATURES]
    family: Annotated[str, taken.FAMILY]
    split: Annotated[str, taken.SPLIT] = SplitKind.RANDOM
    split_column: Annotated[str, taken.SPLIT_COLUMN] = ""
    metric: Annotated[str, taken.METRIC] = Metric.MACRO_F1
    shards: Annotated[int, taken.SHARDS] = 1
    candidates: Annotated[int, taken.CANDIDATES] = 1
    seed: Annotated[int, taken.SEED] = 0
    error_by: Annotated[Sequence[str], taken.ERROR_BY] = ()
    words: Annotated[Sequence[str], taken.WORDS] = ()
    labels: Annotated[Sequence[str], taken.LABELS] = ()
    epsilon: Annotated[Decimal | None, taken.EPSILON] = None


def declared(version: DatasetVersion, chosen: Chosen) -> Declaration:
    """Return the declaration of what was chosen.

    Raises:
        Invalid: a value is out of its limits; a column is none of the version's, or is not of a
            kind that fits; or declared words come without labels or ε, or with another family.
    """
    if wrong := refused(Chosen, **vars(chosen)):
        sentence = _("Correct the fields that are marked.")
        raise Invalid(sentence, code="bad-declaration", fields=wrong)
    columns = {column.name: column for column in columns_of(version)}
    named = {
        "target": [chosen.target],
        "features": chosen.features,
        "split_column": [chosen.split_column] if chosen.split_column else [],
        "error_by": chosen.error_by,
    }
    for field, names in named.items():
        for name in names:
            if name not in columns:
                raise _unfit(field, _("There is no column “%(name)s” in this version."), name)
    by_time = chosen.split == SplitKind.TIME and bool(chosen.split_column)
    if by_time and columns[chosen.split_column].dtype not in MOMENTS:
        sentence = _("Column “%(name)s” has no order in time. Choose a date or a number.")
        raise _unfit("split_column", sentence, chosen.split_column)
    family = Family(chosen.family)
    _check_words(chosen, family)
    try:
        return Declaration(
            target=chosen.target,
            features=tuple(_feature(columns[name], family) for name in chosen.features),
            family=family,
            split=Split(SplitKind(chosen.split), chosen.split_column),
            shards=chosen.shards,
            candidates=chosen.candidates,
            metric=Metric(chosen.metric),
            seed=chosen.seed,
            by=tuple(chosen.error_by),
            words=tuple(" ".join(line.split()) for line in chosen.words),
            labels=tuple(chosen.labels),
            epsilon=float(chosen.epsilon or 0),
        )
    except TrainingError as error:
        part = str(error.parameters.get("part", ""))
        raise refusal_of(error, field=part if part in PARTS else "") from error


def _check_words(chosen: Chosen, family: Family) -> None:
    """Refuse words and ε of another family, and the family of words without what it needs."""
    if family == Family.WORDS:
        sentence = _("This family needs declared words, the labels to tell apart, and an ε.")
        missing = [name for name in ("words", "labels", "epsilon") if not getattr(chosen, name)]
    else:
        sentence = _("Only the family of declared words takes words and an ε. Leave them empty.")
        missing = [name for name in ("words", "epsilon") if getattr(chosen, name)]
    if missing:
        raise Invalid(
            sentence, code="bad-declaration", fields={name: [sentence] for name in missing}
        )


def _feature(column: Column, family: Family) -> Feature:
    is_of_texts = family in OF_TEXTS
    if is_of_texts and column.dtype in TEXTS:
        return Feature(column.name, Kind.TEXT)
    if not is_of_texts and column.dtype in NUMBERS:
        return Feature(column.name, Kind.NUMBER)
    if not is_of_texts and column.dtype in TEXTS:
        return Feature(column.name, Kind.CATEGORY)
    raise _unfit(
        "features",
        _("Column “%(name)s” cannot be a feature of this family. Leave it out."),
        column.name,
    )


def _unfit(field: str, sentence: str, name: str) -> Invalid:
    said = sentence % {"name": name}
    return Invalid(said, code="bad-declaration", fields={field: [said]})
