"""What PostgreSQL's types become."""

from __future__ import annotations

import pyarrow as pa

from marketplace.catalog.sources.contract import SourceColumn

PLAIN = {
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "oid": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
TEXTS = frozenset(
    {
        *("text", "varchar", "bpchar", "char", "name", "citext", "uuid", "money", "timetz"),
        *("interval", "inet", "cidr", "macaddr", "macaddr8", "bit", "varbit"),
    }
)
NESTED = frozenset({"json", "jsonb", "xml", "hstore"})
TYPMOD_HEADER = 4
MOST_DIGITS = 38


def column_of(
    name: str, shown: str, base: str, typtype: str, category: str, typmod: int
) -> SourceColumn:
    """Describe a column by its type, or by the one that its domain is made of.

    `typmod` holds precision and scale of `numeric` in two halves; -1 for neither.
    """
    quoted = '"' + name.replace('"', '""') + '"'
    if base in PLAIN:
        return SourceColumn(name, shown, PLAIN[base], quoted)
    if base == "numeric":
        return SourceColumn(name, shown, _numeric(typmod), quoted)
    if base in TEXTS or typtype == "e":
        return SourceColumn(name, shown, pa.string(), f"{quoted}::text")
    is_nested = base in NESTED or category in "ACR" or typtype in "cr"
    refusal = "nested-column" if is_nested else "unsupported-column-type"
    return SourceColumn(name, shown, None, quoted, refusal)


def _numeric(typmod: int) -> pa.DataType:
    if typmod < TYPMOD_HEADER:
        # Any number of digits: as text none is lost.
        return pa.string()
    precision, scale = (typmod - TYPMOD_HEADER) >> 16, (typmod - TYPMOD_HEADER) & 0x7FF
    if precision > MOST_DIGITS or scale > precision:
        return pa.string()
    return pa.decimal128(precision, scale)
