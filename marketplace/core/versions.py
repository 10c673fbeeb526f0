"""Which version of a row somebody has seen, so that nobody undoes what they have not read.

A version is a digest of what the database holds of a row, and of the rows that are edited with it,
which their app registers. A door says which versions the act may find; the act's own lock
compares, so that nothing can come between.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState

ANY = "*"
EDITED_WITH: dict[str, tuple[str, ...]] = {}
"""The relations of a model to rows that are edited with its own, by its label."""


TOLD_BY_DIGEST: dict[str, str] = {}
"""A large field of a model that is not read, by the model's label: another holds its digest."""


def register(model: type[Model], *names: str) -> None:
    """Add relations to rows that are edited with a model's own."""
    label = model._meta.label
    EDITED_WITH[label] = (*EDITED_WITH.get(label, ()), *names)


def leave_out(model: type[Model], name: str) -> None:
    """Name a large field of a model, of which another field holds the digest."""
    TOLD_BY_DIGEST[model._meta.label] = name


class ChangedMeanwhile(WrongState):
    """Somebody has changed the thing since it was read."""

    kind = "changed-meanwhile"


def version_of(row: Model) -> str:
    """Return the version of a row as it was read, in 32 hexadecimal digits."""
    rows = [row]
    for name in EDITED_WITH.get(row._meta.label, ()):
        related = getattr(row, name).order_by("pk")
        large = TOLD_BY_DIGEST.get(related.model._meta.label)
        rows += related.defer(large) if large else related
    held = [
        [
            each._meta.label,
            *(
                field.value_from_object(each)
                for field in each._meta.concrete_fields
                if field.name != TOLD_BY_DIGEST.get(each._meta.label)
            ),
        ]
        for each in rows
    ]
    text = json.dumps(held, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass
class Expectation:
    """The versions that an act may find of one row, and whether its lock has compared them."""

    pk: str
    versions: frozenset[str]
    is_compared: bool = False

    def compare(self, row: Model) -> None:
        """Compare a row that is locked, the first time that it is.

        Raises:
            ChangedMeanwhile: it is of another version.
        """
        if self.is_compared or str(row.pk) != self.pk:
            return
        self.is_compared = True
        if ANY not in self.versions and version_of(row) not in self.versions:
            raise ChangedMeanwhile(
                _("Somebody else has changed this since you opened it. Nothing was saved.")
            )


_expected: ContextVar[Expectation | None] = ContextVar("expected", default=None)


@contextmanager
def expecting(pk: UUID | str, versions: Iterable[str]) -> Iterator[Expectation]:
    """Let the acts within find a row in one of these versions alone; `*` is any."""
    expectation = Expectation(str(pk), frozenset(versions))
    token = _expected.set(expectation)
    try:
        yield expectation
    finally:
        _expected.reset(token)


def compare_expected(row: Model) -> None:
    """Compare a row that was just locked with what is expected of it, if anything is.

    Raises:
        ChangedMeanwhile: it is of another version.
    """
    expectation = _expected.get()
    if expectation is not None:
        expectation.compare(row)
