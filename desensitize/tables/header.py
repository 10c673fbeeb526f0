"""Check the names of columns."""

from collections.abc import Sequence

from desensitize.errors import TableError
from desensitize.tables.limits import Limits

MAX_NAME_CHARACTERS = 200


def checked_names(names: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """Answer the names without blanks around them.

    Raises:
        TableError: `too_many_columns`, `unnamed_column`, `column_name_too_long` or
            `duplicate_column`.
    """
    if len(names) > limits.max_columns:
        raise TableError("too_many_columns", columns=len(names), limit=limits.max_columns)
    checked: list[str] = []
    seen: set[str] = set()
    for position, given in enumerate(names, start=1):
        name = given.strip()
        if not name:
            raise TableError("unnamed_column", position=position)
        if len(name) > MAX_NAME_CHARACTERS:
            raise TableError("column_name_too_long", position=position, limit=MAX_NAME_CHARACTERS)
        if name.casefold() in seen:
            raise TableError("duplicate_column", column=name)
        seen.add(name.casefold())
        checked.append(name)
    return tuple(checked)
