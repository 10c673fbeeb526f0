"""Rows that were sent as JSON become columns of the types of the table. Pure: no models."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _

from marketplace.core import Invalid
from marketplace.core.bounds import UNSTORABLE, decimal_of, whole_of


def table_of(rows: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Return rows as a table with just the columns of a schema; each row names each of them.

    Raises:
        Invalid: a row is no object, names other columns, or a value is none of its column; the
            sentence names row and column (`row-refused`).
    """
    names = schema.names
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise refused(number, _("it is no JSON object."))
        if row.keys() != set(names):
            missing = sorted(set(names) - row.keys())
            other = sorted(row.keys() - set(names))
            if missing:
                raise refused(
                    number, _("column “%s” is missing; null says that it is empty.") % missing[0]
                )
            raise refused(number, _("there is no column “%s”.") % str(other[0])[:100])
    arrays = [_array(rows, field) for field in schema]
    return pa.table(arrays, schema=schema)


def refused(number: int, why: str) -> Invalid:
    sentence = _("Row %(number)d: %(why)s") % {"number": number, "why": why}
    return Invalid(sentence, code="row-refused", fields={"rows": [sentence]})


def _array(rows: Sequence[dict[str, Any]], field: pa.Field) -> pa.Array:
    values = []
    for number, row in enumerate(rows, start=1):
        try:
            value = _value(row[field.name], field.type)
            # One at a time, so that the row is known that a number does not fit into.
            values.append(None if value is None else pa.scalar(value, field.type).as_py())
        except (ValueError, TypeError, ArithmeticError, pa.ArrowException):
            why = _("the value of column “%(column)s” is none of type %(type)s.")
            raise refused(number, why % {"column": field.name, "type": field.type}) from None
    return pa.array(values, field.type)


def _value(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        if not isinstance(value, str) or UNSTORABLE.search(value):
            raise ValueError("no text")
        return value
    if pa.types.is_boolean(kind):
        if not isinstance(value, bool):
            raise ValueError("neither true nor false")
        return value
    if isinstance(value, bool):
        raise ValueError("no number")
    if pa.types.is_integer(kind):
        return whole_of(value)
    if pa.types.is_floating(kind):
        return float(decimal_of(value))
    if pa.types.is_decimal(kind):
        return decimal_of(value)
    return _moment(value, kind)


def _moment(value: Any, kind: pa.DataType) -> date | time | datetime:
    if not isinstance(value, str):
        raise TypeError("no moment")
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_time(kind):
        return time.fromisoformat(value)
    if not pa.types.is_timestamp(kind):
        raise TypeError("a type that no row can have")
    moment = datetime.fromisoformat(value)
    if kind.tz is None:
        if moment.tzinfo is not None:
            raise ValueError("a zone where none is")
        return moment
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return moment.astimezone(UTC)
