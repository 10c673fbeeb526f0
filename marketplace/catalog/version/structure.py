"""The columns of a table, told from those of another whatever their order."""

import hashlib
from collections.abc import Iterable

import rfc8785

from marketplace.catalog.dataset.choices import ColumnType

KIND_OF_VALUES: dict[str, str] = {
    ColumnType.INTEGER: "number",
    ColumnType.DECIMAL: "number",
    ColumnType.FLOAT: "number",
    ColumnType.DATE: "time",
    ColumnType.DATETIME: "time",
    ColumnType.TIME: "time",
}
"""A month without cents reads as whole numbers: that makes no other column of it."""

TYPE_OF_VALUES: dict[str, str] = {
    ColumnType.INTEGER: "number",
    ColumnType.DECIMAL: "number",
    ColumnType.FLOAT: "number",
    ColumnType.DATE: "date",
    ColumnType.DATETIME: "datetime",
    ColumnType.BOOLEAN: "boolean",
}
"""How the quality rule `type` asks for the values of a column; each text reads as one."""


def kind_of(dtype: str) -> str:
    return KIND_OF_VALUES.get(dtype, dtype)


def structure_digest(columns: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 of columns, given as name and type, whatever their order."""
    kinds = sorted([name, kind_of(dtype)] for name, dtype in columns)
    return hashlib.sha256(rfc8785.dumps(kinds)).hexdigest()
