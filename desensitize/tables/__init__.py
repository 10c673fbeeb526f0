"""Read strangers' tables and write clean ones."""

from desensitize.tables.conversion import convert, describe
from desensitize.tables.digest import sha256_of
from desensitize.tables.limits import ColumnInfo, FileForm, Limits, TableInfo
from desensitize.tables.plain_csv import PlainCsv, plain_csv
from desensitize.tables.schema import type_name
from desensitize.tables.supervision import convert_in_child

__all__ = [
    "ColumnInfo",
    "FileForm",
    "Limits",
    "PlainCsv",
    "TableInfo",
    "convert",
    "convert_in_child",
    "describe",
    "plain_csv",
    "sha256_of",
    "type_name",
]
