"""How much of a table is drawn each time, and where the last time ended."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import arguments
from marketplace.core.choices import named_in_api

LONGEST_NAME = 128
MOST_KEY_COLUMNS = 16


@named_in_api("ExtractionMode")
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

    mode: Annotated[
        str, arguments.Choice(label=gettext_lazy("How its rows come"), choices=Mode)
    ] = Mode.FULL.value
    key: Annotated[
        tuple[str, ...],
        arguments.Names(
            label=gettext_lazy("Key"),
            help=gettext_lazy(
                "The columns that tell each row from every other, with commas between them. For "
                "new rows alone: the one column whose number counts up."
            ),
            told="The columns that tell each row from every other; by key, the one that counts.",
        ),
    ] = ()
    changed_at: Annotated[
        str,
        arguments.Text(
            label=gettext_lazy("Column with the moment of the last change"),
            told="By change: the column with the moment of a row's last change.",
            is_stripped=False,
        ),
    ] = ""
    overlap_minutes: Annotated[
        int,
        arguments.Whole(
            label=gettext_lazy("Minutes that are drawn again"),
            help=gettext_lazy(
                "Longer than the longest transaction there: a row may be committed after others "
                "that changed later."
            ),
            told="Rows are drawn again that changed up to so long before the latest.",
            least=0,
            most=7 * 24 * 60,
        ),
    ] = 10
    deleted: Annotated[
        str,
        arguments.Text(
            label=gettext_lazy("Column that says that a row is deleted"),
            help=gettext_lazy(
                "True, a number other than 0, or a moment. Leave it empty where none does."
            ),
            told="The column that says that a row is deleted.",
            is_stripped=False,
        ),
    ] = ""
    list_every: Annotated[
        int,
        arguments.Whole(
            label=gettext_lazy("All keys are listed each so many times"),
            help=gettext_lazy("To find rows that are not there any more. 0: rows never go."),
            told="Each so many times all keys are listed, to find what was deleted.",
            least=0,
            most=366,
        ),
    ] = 0

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
        return cls(**{**kept, "key": tuple(kept["key"])}) if kept else cls().plain()

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
        return wrong | arguments.refused(Extraction, **asdict(self))


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
