"""Rules of quality as the Open Data Contract Standard can say them: metrics, and SQL for DuckDB.

A query counts what `desensitize.quality` counts, in rows or as a share of what is checked. What has
no such words (see `NOT_EXPRESSED`) stands in a contract as text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from desensitize.quality import Rule, Severity
from desensitize.quality.cells import ANSWER, DAY, NUMBER, WHOLE
from desensitize.quality.counting import SLACK
from desensitize.quality.language import bound_of
from desensitize.tables.codes import NULL_MARKERS
from marketplace.catalog.dataset.choices import ColumnType

NUMERIC: Final = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.FLOAT})
DAYS: Final = frozenset({ColumnType.DATE, ColumnType.DATETIME})
NOT_EXPRESSED: Final = ("exists", "fresh")
"""Kinds that no query over the delivered file alone can ask: another table, the day of arrival."""

DIMENSIONS: Final[Mapping[str, str]] = {
    "normativity": "conformity",
    "completeness": "completeness",
    "accuracy": "accuracy",
    "consistency": "consistency",
    "timeliness": "timeliness",
}


@dataclass(frozen=True)
class DeliveredColumn:
    """A column as it is delivered: its type, codes of nothing known, and codes that say a thing."""

    name: str
    dtype: str
    missing: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def quality_of(
    rule: Rule, columns: Mapping[str, DeliveredColumn], *, words: str, median: int = 0
) -> dict[str, Any]:
    """Return a rule as an entry of `quality`; `median` are the rows it is compared with."""
    said: dict[str, Any] = {
        "name": rule.key,
        "description": words,
        "dimension": "uniqueness" if rule.kind == "unique" else DIMENSIONS[rule.characteristic],
        "severity": "error" if rule.severity == Severity.BLOCKS else "warning",
    }
    if rule.kind == "volume":
        return said | _row_count(rule, median)
    query = query_of(rule, columns)
    if query is None:
        return {"type": "text", **said}
    share = rule.tolerance.share
    if share is None:
        most: int | float = rule.tolerance.count
        return {"type": "sql", **said, "query": query, "mustBeLessOrEqualTo": most}
    most = float(share * 100)
    return {"type": "sql", **said, "query": query, "mustBeLessOrEqualTo": most, "unit": "percent"}


def is_expressed(quality: Mapping[str, Any]) -> bool:
    """Return whether a program can test an entry."""
    return quality.get("type") != "text"


def query_of(rule: Rule, columns: Mapping[str, DeliveredColumn]) -> str | None:
    """Return SQL that counts what fails a rule, or None where none can."""
    used = [columns.get(name) for name in rule.columns]
    if rule.kind in NOT_EXPRESSED or None in used or not used:
        return None
    found = [one for one in used if one is not None]
    # Programs put names in braces in place of the table.
    if any("{" in one.name or "$" in one.name for one in found):
        return None
    if rule.kind == "unique":
        return _repeated(rule, found)
    passing = PASSING[rule.kind](rule, found)
    if passing is None:
        return None
    checked = "TRUE" if rule.kind == "present" else " AND ".join(_speaks(one) for one in found)
    return _counting(rule, checked, passing)


def _counting(rule: Rule, checked: str, passing: str) -> str:
    failing = f"({checked}) AND NOT coalesce({passing}, FALSE)"
    if rule.tolerance.share is None:
        return f"SELECT count(*) FROM {{object}} WHERE {failing}"
    return (
        f"SELECT coalesce(100.0 * count(*) FILTER (WHERE {failing}) / "
        f"nullif(count(*) FILTER (WHERE {checked}), 0), 0) FROM {{object}}"
    )


def _repeated(rule: Rule, columns: Sequence[DeliveredColumn]) -> str:
    told = " AND ".join(_speaks(one) for one in columns)
    names = ", ".join(_quoted(one.name) for one in columns)
    keys = f"SELECT {names}, count(*) AS times FROM {{object}} WHERE {told} GROUP BY {names}"
    repeated = "coalesce(sum(times - 1), 0)"
    if rule.tolerance.share is None:
        return f"SELECT {repeated} FROM ({keys})"
    return f"SELECT coalesce(100.0 * {repeated} / nullif(sum(times), 0), 0) FROM ({keys})"


def _row_count(rule: Rule, median: int) -> dict[str, Any]:
    share = rule.tolerance.share
    apart = int(median * share) if share is not None else rule.tolerance.count
    bounds = [max(0, median - apart), median + apart]
    if bounds[0] == bounds[1]:
        return {"type": "library", "metric": "rowCount", "mustBe": median}
    return {"type": "library", "metric": "rowCount", "mustBeBetween": bounds}


# What a cell says, in SQL.


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _text(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(_text(one) for one in texts)


def _as_text(column: DeliveredColumn) -> str:
    return f"CAST({_quoted(column.name)} AS VARCHAR)"


def _speaks(column: DeliveredColumn) -> str:
    name, text = _quoted(column.name), _as_text(column)
    parts = [f"{name} IS NOT NULL"]
    if column.dtype == ColumnType.FLOAT:
        parts.append(f"NOT isnan({name})")
    if column.dtype == ColumnType.TEXT:
        plain = f"lower(trim({text}))"
        silent = (
            f"{plain} IN ({_listed(NULL_MARKERS)}) OR regexp_full_match(trim({text}), '[*＊]+')"
        )
        if column.known:
            silent = f"({silent}) AND {text} NOT IN ({_listed(column.known)})"
        parts.append(f"NOT ({silent})")
    if column.missing:
        parts.append(f"{text} NOT IN ({_listed(column.missing)})")
    return "(" + " AND ".join(parts) + ")"


def _number(column: DeliveredColumn) -> str | None:
    if column.dtype in NUMERIC:
        return f"CAST({_quoted(column.name)} AS DOUBLE)"
    if column.dtype != ColumnType.TEXT:
        return None
    text = _as_text(column)
    return (
        f"CASE WHEN regexp_full_match({text}, {_text(_plain(NUMBER))}) "
        f"THEN TRY_CAST({text} AS DOUBLE) END"
    )


def _day(column: DeliveredColumn) -> str | None:
    if column.dtype in DAYS:
        return f"CAST({_quoted(column.name)} AS DATE)"
    if column.dtype != ColumnType.TEXT:
        return None
    text = _as_text(column)
    return (
        f"CASE WHEN regexp_full_match({text}, {_text(_plain(DAY))}) "
        f"THEN TRY_CAST({text} AS DATE) END"
    )


def _plain(pattern: str) -> str:
    return pattern.removeprefix(r"\A").removesuffix(r"\z")


# What passes, by kind.


def _present(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    return _speaks(columns[0])


def _typed(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    [column], named = columns, rule.parameters["type"]
    text = _as_text(column)
    if named == "number":
        number = _number(column)
        return "FALSE" if number is None else f"isfinite({number})"
    if named == "integer":
        if column.dtype == ColumnType.TEXT:
            return f"regexp_full_match({text}, {_text(_plain(WHOLE))})"
        number = _number(column)
        return "FALSE" if number is None else f"{number} = floor({number})"
    if named == "date":
        if column.dtype == ColumnType.TEXT:
            return f"{_day(column)} IS NOT NULL"
        return "TRUE" if column.dtype == ColumnType.DATE else "FALSE"
    if named == "datetime":
        # The form of a moment in a text is told by more than a cast.
        if column.dtype == ColumnType.TEXT:
            return None
        return "TRUE" if column.dtype == ColumnType.DATETIME else "FALSE"
    if column.dtype == ColumnType.FLOAT:
        return None
    return f"regexp_full_match({text}, {_text(_plain(ANSWER))})"


def _ranged(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    bounds = {name: bound_of(text) for name, text in rule.parameters.items()}
    is_day = any(isinstance(bound, date) for bound in bounds.values())
    cell = _day(columns[0]) if is_day else _number(columns[0])
    if cell is None:
        return "FALSE"
    parts = [f"{cell} IS NOT NULL"]
    if not is_day:
        parts.append(f"isfinite({cell})")
    for name, sign in (("at_least", ">="), ("at_most", "<=")):
        if name in bounds:
            written = str(rule.parameters[name])
            parts.append(f"{cell} {sign} {f'DATE {_text(written)}' if is_day else written}")
    return "(" + " AND ".join(parts) + ")"


def _patterned(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    if columns[0].dtype in (ColumnType.FLOAT, ColumnType.OTHER):
        return None
    return f"regexp_full_match({_as_text(columns[0])}, {_text(rule.parameters['pattern'])})"


def _coded(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    if columns[0].dtype in (ColumnType.FLOAT, ColumnType.OTHER):
        return None
    return f"{_as_text(columns[0])} IN ({_listed(rule.parameters['codes'])})"


def _compared(rule: Rule, columns: Sequence[DeliveredColumn]) -> str | None:
    named = {one.name: one for one in columns}
    left, right = ([named[name] for name in rule.parameters[side]] for side in ("left", "right"))
    operator, within = str(rule.parameters["operator"]), rule.parameters.get("within", "0")
    if len(left) == len(right) == 1 and {left[0].dtype, right[0].dtype} <= DAYS:
        return f"({_day(left[0])} {operator} {_day(right[0])})"
    sums = []
    for side in (left, right):
        numbers = [_number(one) for one in side]
        if None in numbers:
            return None
        sums.append("(" + " + ".join(str(one) for one in numbers) + ")")
    first, second = sums
    slack = f"({SLACK} * greatest(abs({first}), abs({second})) + {within})"
    return {
        "=": f"abs({first} - {second}) <= {slack}",
        "<=": f"{first} - {second} <= {slack}",
        ">=": f"{first} - {second} >= -{slack}",
        "<": f"{first} - {second} < -{slack}",
        ">": f"{first} - {second} > {slack}",
    }[operator]


PASSING: Final[Mapping[str, Callable[[Rule, Sequence[DeliveredColumn]], str | None]]] = {
    "present": _present,
    "type": _typed,
    "range": _ranged,
    "pattern": _patterned,
    "codes": _coded,
    "compare": _compared,
}
