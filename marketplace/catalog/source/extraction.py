"""How much of a table is drawn each time, and where the last time ended."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME = 128
MOST_KEY_COLUMNS = 16
MOST_OVERLAP_MINUTES = 7 * 24 * 60
MOST_BETWEEN_LISTINGS = 366


class Mode(TextChoices):
    FULL = "full", gettext_lazy("The whole table each time")
    KEY = "key", gettext_lazy("New rows alone, by a number that counts up")
    CHANGE = "change", gettext_lazy("New and changed rows, by the time of their last change")


class Whole(TextChoices):
    """Why the whole table was drawn where new and changed rows would have done."""

    FIRST = "first", gettext_lazy("It was drawn in this way for the first time")
    OTHER = "other", gettext_lazy("What came last was not drawn in this way")
    DESTROYED = "destroyed", gettext_lazy("The raw data of before is destroyed")
    COLUMNS = "columns", gettext_lazy("Columns have another type than before")
    ROWS = "rows", gettext_lazy("Its rows were not those that had been drawn, with the new ones")
    CLOCK = "clock", gettext_lazy("The clock of the database was set back")


@dataclass(frozen=True)
class Extraction:
    """How much of a table is drawn each time.

    `key` are the columns that tell each row from every other: by key one, a whole number that
    counts up. By change, `changed_at` is the column with the moment of a row's last change, and
    rows are drawn again that changed up to `overlap_minutes` before the latest that was seen.
    Rows are gone whose column `deleted` is true, a number other than 0 or a moment; and, where
    `list_every` is above 0, each so many times, those whose key stands in the table no more.
    """

    mode: str = Mode.FULL.value
    key: tuple[str, ...] = ()
    changed_at: str = ""
    overlap_minutes: int = 0
    deleted: str = ""
    list_every: int = 0

    @property
    def is_full(self) -> bool:
        """Return whether the whole table is drawn each time."""
        return self.mode == Mode.FULL

    @property
    def label(self) -> str:
        return str(Mode(self.mode).label)

    def plain(self) -> Self:
        """Return it without what its mode does not ask for."""
        if self.mode == Mode.CHANGE:
            return self
        return replace(
            self,
            key=self.key if self.mode == Mode.KEY else (),
            changed_at="",
            overlap_minutes=0,
            deleted="",
            list_every=0,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as it is kept; nothing of what is drawn whole."""
        return {} if self.is_full else {**asdict(self), "key": list(self.key)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "key": tuple(kept["key"])}) if kept else cls()

    def refused(self, drawn: Collection[str], *, has_limit: bool) -> dict[str, list[str]]:
        """Return what is wrong with it for a table of which these columns are drawn, by field."""
        if self.mode not in Mode.values:
            return {"mode": [_("Choose how the rows come.")]}
        if self.is_full:
            return {}
        wrong: dict[str, list[str]] = {}
        if has_limit:
            wrong["mode"] = [_("The last drawing had a limit of rows. Draw the table without one.")]
        most = 1 if self.mode == Mode.KEY else MOST_KEY_COLUMNS
        if not 1 <= len(self.key) <= most or len(set(self.key)) < len(self.key):
            wrong["key"] = [
                _("Name the one column that counts up.")
                if most == 1
                else _("Name 1 to %(most)d columns, each once.") % {"most": most}
            ]
        elif not set(self.key) <= set(drawn):
            wrong["key"] = [
                _("Name columns that are drawn: %(columns)s.") % {"columns": ", ".join(drawn)}
            ]
        if self.mode == Mode.CHANGE:
            wrong |= self._refused_change()
        return wrong

    def _refused_change(self) -> dict[str, list[str]]:
        wrong: dict[str, list[str]] = {}
        if not self.changed_at or not _is_name(self.changed_at):
            wrong["changed_at"] = [_("Name the column with the moment of the last change.")]
        if not _is_name(self.deleted):
            wrong["deleted"] = [_("There is no such column.")]
        if not 0 <= self.overlap_minutes <= MOST_OVERLAP_MINUTES:
            wrong["overlap_minutes"] = [
                _("Give 0 to %(most)d minutes.") % {"most": MOST_OVERLAP_MINUTES}
            ]
        if not 0 <= self.list_every <= MOST_BETWEEN_LISTINGS:
            wrong["list_every"] = [_("Give 0 to %(most)d.") % {"most": MOST_BETWEEN_LISTINGS}]
        return wrong


def _is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and "\x00" not in name


@dataclass(frozen=True)
class Watermark:
    """Where a drawing ended: it is kept with what it brought, and nowhere else.

    `last` is the greatest number, or the latest moment in ISO 8601, that was seen. Of what is
    drawn by key, `rows` and `total` are the number of rows and the sum of their keys up to there.
    `since_listing` counts the drawings since all keys were last listed.
    """

    last: str
    rows: int = 0
    total: int = 0
    since_listing: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return it as it is kept; a sum may be greater than any number of JSON."""
        return {**asdict(self), "total": str(self.total)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "total": int(kept["total"])})


@dataclass(frozen=True)
class Extracted:
    """What was drawn: `brought` rows, None where it was the whole table, for `whole` as reason.

    `base_id` is the version that new and changed rows were applied to; where that changed nothing,
    `same_as` is the SHA-256 by which it came.
    """

    blanked: int
    brought: int | None
    whole: str
    watermark: Watermark
    base_id: UUID | None = None
    same_as: str = ""
