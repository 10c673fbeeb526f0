"""What the types of MySQL and MariaDB become."""

from __future__ import annotations

import pyarrow as pa

from marketplace.catalog.sources.contract import SourceColumn

INTEGERS = {
    "tinyint": (pa.int8(), pa.uint8()),
    "smallint": (pa.int16(), pa.uint16()),
    "mediumint": (pa.int32(), pa.uint32()),
    "int": (pa.int32(), pa.uint32()),
    "bigint": (pa.int64(), pa.uint64()),
}
PLAIN = {
    "year": pa.int16(),
    "float": pa.float32(),
    "double": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "timestamp": pa.timestamp("us", tz="UTC"),
}
# A `time` there runs to 838 hours and below zero: it is a duration, which stays a text.
TEXTS = frozenset(
    {
        *("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"),
        *("time", "uuid", "inet4", "inet6"),
    }
)
NESTED = frozenset({"json"})
MOST_DIGITS = 38


def quoted(name: str) -> str:
    """Quote a name."""
    return "`" + name.replace("`", "``") + "`"


def column_of(name: str, kind: str, shown: str, precision: int, scale: int) -> SourceColumn:
    """Describe a column by its type; `shown` is the type with its length and sign."""
    kind, text = kind.lower(), f"CAST({quoted(name)} AS CHAR CHARACTER SET utf8mb4)"
    if kind in INTEGERS:
        signed, unsigned = INTEGERS[kind]
        return SourceColumn(name, shown, unsigned if "unsigned" in shown else signed, text)
    if kind == "bit":
        return SourceColumn(name, shown, pa.uint64(), f"CAST({quoted(name)} + 0 AS CHAR)")
    if kind == "decimal":
        wide = precision > MOST_DIGITS
        return SourceColumn(
            name, shown, pa.string() if wide else pa.decimal128(precision, scale), text
        )
    if kind == "float":
        # As text the server gives six digits of a float; as a double it gives all of them.
        return SourceColumn(name, shown, PLAIN[kind], f"CAST({quoted(name)} + 0e0 AS CHAR)")
    if kind in PLAIN:
        return SourceColumn(name, shown, PLAIN[kind], text)
    if kind in TEXTS:
        return SourceColumn(name, shown, pa.string(), text)
    refusal = "nested-column" if kind in NESTED else "unsupported-column-type"
    return SourceColumn(name, shown, None, text, refusal)
