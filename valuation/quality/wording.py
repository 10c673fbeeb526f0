"""Quality rules as an officer writes them: a sentence of a few kinds, or checkable data.

Data: `{"column": "amount", "at_least": 0}`, `at_most`, `above`, `below`, `equals`, `one_of`,
`date: true`, `filled: true`, `distinct: true`, `number: true`, `length: 18`, `within_days: 365`,
or a count made elsewhere, `{"passed": 199, "total": 200}`.
Sentences: "date parses as YYYY-MM-DD", "non-null cells/all cells", "city non-null", "amount>=0",
"0<=amount<=100", "end>=start", "amount=price*quantity", "city in {beijing, shanghai}",
"code matches [A-Z]{2}[0-9]{4}", "distinct id/rows", "0<=as_of-date<=365 days",
"successful reads/attempts = 199/200".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from
from valuation.lists import items
from valuation.quality.cells import each, is_date, is_recent, number_in
from valuation.quality.counts import Check, Table
from valuation.quality.formulas import comparison_of, each_row, pattern_of
from valuation.quality.rules import counted, distinct, filled

_COLUMN = r"(?P<column>[^\s<>=!,]+)"
_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_TAIL = r"(?:\s*[,;].*)?"
_DATE = re.compile(rf"{_COLUMN} (?:parses as|is a date as|is) YYYY-MM-DD{_TAIL}")
_ALL_FILLED = re.compile(
    r"(?:non-null|non-empty|filled) cells\s*/\s*(?:all|total) cells|cells are filled"
)
_FILLED = re.compile(
    rf"{_COLUMN} (?:is )?(?:non-null|not null|non-empty|filled)(?:\s*/\s*rows)?"
    r"|(?:non-null|non-empty|filled) (?P<other>[^\s/]+)(?:\s*/\s*(?:all )?rows)?"
)
_DISTINCT = re.compile(
    rf"distinct {_COLUMN}\s*/\s*(?:all )?rows|(?P<other>[^\s/]+) is (?:distinct|unique)"
)
_RECENT = re.compile(
    rf"(?P<bound>0\s*<=\s*)?as_of\s*-\s*{_COLUMN}\s*<=\s*(?P<days>[0-9]{{1,6}})(?: days)?{_TAIL}"
)
_MATCHES = re.compile(rf"{_COLUMN} matches (?P<pattern>.{{1,100}})")
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<first><=?)\s*{_COLUMN}\s*(?P<second><=?)\s*(?P<high>{_NUMBER})"
)
_COMPARED = re.compile(rf"{_COLUMN}\s*(?P<sign>>=|<=|==|!=|=|<|>)\s*(?P<number>{_NUMBER}){_TAIL}")
_ONE_OF = re.compile(rf"{_COLUMN} in [\[{{(](?P<allowed>[^\]}})]*)[\]}})]")
_NUMERIC = re.compile(rf"{_COLUMN} (?:is|parses as) a number")
_LENGTH = re.compile(rf"{_COLUMN} has (?P<length>[0-9]{{1,4}}) (?:characters|digits)")
_COUNT = re.compile(r".*?(?P<passed>[0-9]{1,15})\s*(?:/|of)\s*(?P<total>[0-9]{1,15})")

_SENTENCES: Final = (
    "date parses as YYYY-MM-DD; non-null cells/all cells; city non-null; amount>=0; "
    "0<=amount<=100; end>=start; amount=price*quantity; city in {a, b}; code matches "
    "[A-Z]{2}[0-9]{4}; distinct id/rows; 0<=as_of-date<=365 days; 199/200"
)
_SIGNS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    ">=": lambda cell, limit: cell >= limit,
    "<=": lambda cell, limit: cell <= limit,
    ">": lambda cell, limit: cell > limit,
    "<": lambda cell, limit: cell < limit,
    "=": lambda cell, limit: cell == limit,
    "==": lambda cell, limit: cell == limit,
    "!=": lambda cell, limit: cell != limit,
}
_LIMITS: Final = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<", "equals": "="}
_FLAGS: Final = ("date", "filled", "distinct", "number")
_DATA_FIELDS: Final = (
    "column",
    *_LIMITS,
    *_FLAGS,
    "one_of",
    "length",
    "within_days",
    "passed",
    "total",
)


@dataclass(frozen=True)
class Assessed:
    """What rules are applied to: a table, and the day that ages are counted from."""

    table: Table
    as_of: date | None

    def day(self) -> date:
        """Return the day of the assessment.

        Raises:
            ValuationError: `quality-date-missing`, none is given.
        """
        if self.as_of is None:
            raise ValuationError("quality-date-missing")
        return self.as_of


def check_of(dimension: str, rule: object, assessed: Assessed) -> Check:
    """Apply one rule to the table.

    Raises:
        ValuationError: `quality-rule-unclear`, or the rule names no column of the table.
    """
    if isinstance(rule, Mapping):
        given = Fields({str(name): part for name, part in rule.items()}, f"rules.{dimension}")
        return _check_of_data(dimension, given, assessed)
    if not isinstance(rule, str) or len(rule) > 500:
        raise ValuationError("not-text", field=f"rules.{dimension}")
    return _check_of_sentence(dimension, rule.strip(), assessed)


def _check_of_sentence(dimension: str, rule: str, assessed: Assessed) -> Check:
    table = assessed.table
    if _ALL_FILLED.fullmatch(rule):
        return _renamed(filled(table), dimension, rule)
    if found := _DISTINCT.fullmatch(rule):
        return _renamed(distinct(table, found["column"] or found["other"]), dimension, rule)
    compares = comparison_of(rule.partition(",")[0], table)
    if compares is not None:
        return each_row(table, dimension, rule, compares)
    if found := _RECENT.fullmatch(rule):
        bounded = found["bound"] is not None
        passes = is_recent(int(found["days"]), assessed.day(), not_after=bounded)
    elif (found := _MATCHES.fullmatch(rule)) and (matches := pattern_of(found["pattern"])):
        passes = matches
    elif found := _DATE.fullmatch(rule):
        passes = is_date
    elif found := _BETWEEN.fullmatch(rule):
        passes = _between(found)
    elif found := _COMPARED.fullmatch(rule):
        passes = _compared(found["sign"], Decimal(found["number"]))
    elif found := _ONE_OF.fullmatch(rule):
        passes = _one_of([part.strip(" '\"") for part in found["allowed"].split(",")])
    elif found := _NUMERIC.fullmatch(rule):
        passes = _is_number
    elif found := _LENGTH.fullmatch(rule):
        passes = _of_length(int(found["length"]))
    elif found := _FILLED.fullmatch(rule):
        return each(table, found["column"] or found["other"], dimension, rule, _is_filled)
    elif found := _COUNT.fullmatch(rule):
        return counted(dimension, rule, passed=int(found["passed"]), total=int(found["total"]))
    else:
        raise ValuationError(
            "quality-rule-unclear", dimension=dimension, given=rule[:80], allowed=_SENTENCES
        )
    return each(table, found["column"], dimension, rule, passes)


def _check_of_data(dimension: str, rule: Fields, assessed: Assessed) -> Check:
    rule.refuse_others(*_DATA_FIELDS)
    if rule.has("passed") or rule.has("total"):
        passed = rule.non_negative("passed", "Give how many passed.")
        total = rule.positive("total", "Give how many were counted.")
        name = f"{passed} of {total} passed"
        if passed.denominator != 1 or total.denominator != 1:
            raise ValuationError("check-impossible", rule=name, passed=passed, total=total)
        return counted(dimension, name, passed=int(passed), total=int(total))
    name = ", ".join(f"{key} {part}" for key, part in rule.given.items())[:200]
    if not rule.has("column") and rule.given.get("filled"):
        return _renamed(filled(assessed.table), dimension, name)
    column = rule.text("column", "Name the column that the rule is about.")
    if rule.given.get("distinct"):
        return _renamed(distinct(assessed.table, column), dimension, name)
    tests = _tests_of(rule, assessed)
    if not tests:
        raise ValuationError(
            "quality-rule-unclear",
            dimension=dimension,
            given=name,
            allowed=", ".join(_DATA_FIELDS[1:]),
        )
    return each(
        assessed.table, column, dimension, name, lambda cell: all(test(cell) for test in tests)
    )


def _tests_of(rule: Fields, assessed: Assessed) -> list[Callable[[object], bool]]:
    tests: list[Callable[[object], bool]] = []
    for field, sign in _LIMITS.items():
        if rule.has(field):
            tests.append(_compared(sign, decimal_from(rule.require(field, ""), rule.name(field))))
    if rule.given.get("date"):
        tests.append(is_date)
    if rule.given.get("filled"):
        tests.append(_is_filled)
    if rule.given.get("number"):
        tests.append(_is_number)
    if rule.has("one_of"):
        tests.append(_one_of([str(part) for part in items(rule, "one_of", "List the values.")]))
    if rule.has("length"):
        tests.append(_of_length(int(rule.positive("length", "Give a number of characters."))))
    if rule.has("within_days"):
        days = int(rule.non_negative("within_days", "Give a number of days."))
        tests.append(is_recent(days, assessed.day()))
    return tests


def _renamed(check: Check, dimension: str, rule: str) -> Check:
    return Check(dimension, rule, check.passed, check.total, check.failing_rows)


def _compared(sign: str, limit: Decimal) -> Callable[[object], bool]:
    def passes(cell: object) -> bool:
        number = number_in(cell)
        return number is not None and _SIGNS[sign](number, limit)

    return passes


def _between(found: re.Match[str]) -> Callable[[object], bool]:
    above = _compared(found["first"].replace("<", ">"), Decimal(found["low"]))
    below = _compared(found["second"], Decimal(found["high"]))
    return lambda cell: above(cell) and below(cell)


def _one_of(allowed: list[str]) -> Callable[[object], bool]:
    return lambda cell: cell is not None and str(cell) in allowed


def _of_length(length: int) -> Callable[[object], bool]:
    return lambda cell: cell is not None and len(str(cell)) == length


def _is_number(cell: object) -> bool:
    return number_in(cell) is not None


def _is_filled(cell: object) -> bool:
    return cell is not None and cell != ""
