"""Which columns and rows of a table one may have, as data. Pure: no models, no files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from marketplace.core import Invalid

Plain = str | int | float | bool
Value = Plain | tuple[Plain, ...] | None

OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "in", "null", "not-null")
WITHOUT_VALUE = frozenset({"null", "not-null"})
MOST_CONDITIONS = 20
MOST_VALUES = 1000
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Condition:
    """A column compared with a value, a list of values, or with nothing at all."""

    column: str
    operator: str
    value: Value = None

    @classmethod
    def from_json(cls, given: object) -> Self:
        """Read `[column, operator]` or `[column, operator, value]`.

        Raises:
            Invalid: it is none.
        """
        if not isinstance(given, list | tuple) or len(given) not in (2, 3):
            raise _refused(
                _('Write a condition as a list of column, operator and value: ["age", "ge", 30].')
            )
        column, operator, *values = given
        if not isinstance(column, str) or operator not in OPERATORS:
            raise _refused(
                _("A condition compares a column by one of: %(operators)s.")
                % {"operators": ", ".join(OPERATORS)}
            )
        if operator in WITHOUT_VALUE:
            if values and values[0] is not None:
                raise _refused(_("The operators null and not-null take no value."))
            return cls(column, operator)
        if not values:
            raise _refused(_("The operator %(name)s needs a value.") % {"name": operator})
        if operator == "in":
            listed = values[0]
            if not isinstance(listed, list | tuple) or not 1 <= len(listed) <= MOST_VALUES:
                raise _refused(
                    _("Give the operator “in” a list of 1 to %(most)d values.")
                    % {"most": MOST_VALUES}
                )
            return cls(column, operator, tuple(_plain(value) for value in listed))
        return cls(column, operator, _plain(values[0]))

    def as_json(self) -> list[Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        named = [self.column, self.operator]
        return named if self.operator in WITHOUT_VALUE else [*named, value]


@dataclass(frozen=True)
class Projection:
    """Columns by name in order, and conditions that rows meet; nothing named is everything.

    `first` are so many rows from the beginning of the table; None are all of them.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Condition, ...] = ()
    first: int | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote.

        Raises:
            Invalid: a condition is none.
        """
        return cls(
            tuple(given.get("columns", ())),
            conditions_from(given.get("rows", ())),
            given.get("first"),
        )

    def as_json(self) -> dict[str, Any]:
        """Return what is cut out as plain values, empty for the whole table."""
        written: dict[str, Any] = {}
        if self.columns:
            written["columns"] = list(self.columns)
        if self.rows:
            written["rows"] = [condition.as_json() for condition in self.rows]
        if self.first is not None:
            written["first"] = self.first
        return written

    @property
    def is_whole(self) -> bool:
        """Return whether it is every column and row."""
        return not self.columns and not self.rows and self.first is None


def conditions_from(given: Iterable[object]) -> tuple[Condition, ...]:
    """Read conditions that all must hold.

    Raises:
        Invalid: one is none, or there are too many.
    """
    listed = list(given)
    if len(listed) > MOST_CONDITIONS:
        raise _refused(_("Give at most %(most)d conditions.") % {"most": MOST_CONDITIONS})
    return tuple(Condition.from_json(one) for one in listed)


def _plain(value: object) -> Plain:
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value
    if isinstance(value, bool | int | float):
        return value
    raise _refused(
        _("Compare with a text of at most %(most)d characters, a number, true or false.")
        % {"most": LONGEST_TEXT}
    )


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, code="bad-condition", fields={"where": [sentence]})
