"""Read strangers' tables and write clean ones."""

from desensitize.tables.conversion import convert, describe
from desensitize.tables.digest import sha256_of
from desensitize.tables.limits import ColumnInfo, FileForm, Limits, TableInfo
from desensitize.tables.plain_csv import PlainCsv, plain_csv
from desensitize.tables.reading import Reading, SeenColumn, SeenRow, Survey
from desensitize.tables.schema import type_name
from desensitize.tables.supervision import convert_in_child, survey_in_child
from desensitize.tables.survey import survey

__all__ = [
    "ColumnInfo",
    "FileForm",
    "Limits",
    "PlainCsv",
    "Reading",
    "SeenColumn",
    "SeenRow",
    "Survey",
    "TableInfo",
    "convert",
    "convert_in_child",
    "describe",
    "plain_csv",
    "sha256_of",
    "survey",
    "survey_in_child",
    "type_name",
]
