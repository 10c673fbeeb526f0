"""The language of rules: what a table must keep to, how far it may miss it, and what then follows.

A rule is plain data. `{"kind": "range", "columns": ["age"], "parameters": {"at_least": "0"},
"tolerance": {"share": "0.01"}, "severity": "blocks"}` says that at most one row in a hundred has an
age below 0. Missing cells are the business of `present` alone; all other kinds leave them out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from desensitize.errors import DesensitizeError, nearest

MOST_RULES: Final = 200
MOST_COLUMNS: Final = 10
MOST_CODES: Final = 5000
LONGEST_PATTERN: Final = 200
LONGEST_TEXT: Final = 200
MOST_DAYS: Final = 36_500
MOST_COUNT: Final = 10**12
OPERATORS: Final = ("<", "<=", "=", ">=", ">")
TYPES: Final = ("number", "integer", "date", "datetime", "boolean")

Parameters = Mapping[str, Any]


class Severity(StrEnum):
    """What follows when a rule fails."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Tolerance:
    """How much may fail: a share of what is checked, or so many rows."""

    share: Decimal | None = None
    count: int = 0

    @classmethod
    def from_dict(cls, given: object) -> Tolerance:
        """Read `{"share": "0.05"}` or `{"count": 3}`; nothing tolerates nothing.

        Raises:
            DesensitizeError: `quality-tolerance-wrong`.
        """
        if given is None:
            return cls()
        if not isinstance(given, Mapping) or len(given) != 1:
            raise DesensitizeError("quality-tolerance-wrong")
        if "share" in given:
            share = _decimal(given["share"])
            if share is None or not 0 <= share <= 1:
                raise DesensitizeError("quality-tolerance-wrong")
            return cls(share=share)
        count = given.get("count")
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_COUNT:
            raise DesensitizeError("quality-tolerance-wrong")
        return cls(count=count)

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads."""
        if self.share is not None:
            return {"share": _plain(self.share)}
        return {"count": self.count}

    def allows(self, failing: int, checked: int) -> bool:
        """Return whether so many failing of those checked are still tolerated."""
        if self.share is not None:
            return Decimal(failing) <= self.share * checked
        return failing <= self.count


@dataclass(frozen=True)
class Rule:
    """One rule. `parameters` hold what its kind needs, in plain and canonical form."""

    kind: str
    columns: tuple[str, ...]
    parameters: Parameters = field(default_factory=dict)
    tolerance: Tolerance = Tolerance()
    severity: Severity = Severity.BLOCKS

    @classmethod
    def from_dict(cls, given: object) -> Rule:
        """Read what `as_dict` wrote, or a person or a program did.

        Raises:
            DesensitizeError: it is no rule; the code says why.
        """
        if not isinstance(given, Mapping) or not set(given) <= set(PARTS):
            raise DesensitizeError("quality-rule-unread")
        kind = str(given.get("kind", ""))[:LONGEST_TEXT]
        if kind not in KINDS:
            raise DesensitizeError("quality-kind-unknown", kind=kind, nearest=nearest(kind, KINDS))
        parameters = given.get("parameters", {})
        if not isinstance(parameters, Mapping):
            raise DesensitizeError("quality-rule-unread")
        known = KINDS[kind]
        for part in map(str, parameters):
            if part not in known.parts:
                shown = part[:LONGEST_TEXT]
                raise DesensitizeError(
                    "quality-part-unknown",
                    kind=kind,
                    part=shown,
                    nearest=nearest(shown, known.parts),
                )
        read = known.read(parameters)
        columns = given.get("columns", ())
        if kind == "compare" and not columns:
            columns = tuple(dict.fromkeys((*read["left"], *read["right"])))
        named = _names(columns, least=known.least, most=known.most)
        if named is None:
            raise DesensitizeError(
                "quality-columns-wrong", kind=kind, least=known.least, most=known.most
            )
        if kind == "compare" and set(named) != {*read["left"], *read["right"]}:
            raise DesensitizeError("quality-comparison-wrong", limit=MOST_COLUMNS)
        tolerance = Tolerance.from_dict(given.get("tolerance"))
        if kind == "fresh" and tolerance != Tolerance():
            raise DesensitizeError("quality-tolerance-wrong")
        severity = str(given.get("severity", Severity.BLOCKS))
        if severity not in set(Severity):
            raise DesensitizeError("quality-severity-unknown")
        return cls(kind, named, MappingProxyType(read), tolerance, Severity(severity))

    def as_dict(self) -> dict[str, Any]:
        """Return the rule as plain values that JSON can hold."""
        return {
            "kind": self.kind,
            "columns": list(self.columns),
            "parameters": dict(self.parameters),
            "tolerance": self.tolerance.as_dict(),
            "severity": str(self.severity),
        }

    @property
    def key(self) -> str:
        """Return what tells a rule from others through time, whatever it tolerates."""
        said = {"kind": self.kind, "columns": self.columns, "parameters": dict(self.parameters)}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def characteristic(self) -> str:
        """Return the characteristic of GB/T 36344-2018 that it counts for."""
        return KINDS[self.kind].characteristic


PARTS: Final = ("kind", "columns", "parameters", "tolerance", "severity")


def rules_from(given: object) -> tuple[Rule, ...]:
    """Read a list of rules, each one once.

    Raises:
        DesensitizeError: it is none; the code says why.
    """
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise DesensitizeError("quality-rule-unread")
    if len(given) > MOST_RULES:
        raise DesensitizeError("quality-too-many", limit=MOST_RULES)
    rules = tuple(Rule.from_dict(one) for one in given)
    seen: dict[str, int] = {}
    for place, rule in enumerate(rules, start=1):
        if rule.key in seen:
            raise DesensitizeError("quality-repeated", first=seen[rule.key], second=place)
        seen[rule.key] = place
    return rules


def digest_of(rules: Sequence[Rule]) -> str:
    """Return the SHA-256 of rules, in their order."""
    text = json.dumps(
        [rule.as_dict() for rule in rules],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


# What each kind is about.


@dataclass(frozen=True)
class Kind:
    """What rules of a kind need: how many columns, which parts; and what they count for."""

    characteristic: str
    read: Callable[[Parameters], dict[str, Any]]
    parts: tuple[str, ...] = ()
    least: int = 1
    most: int = 1


def _nothing(given: Parameters) -> dict[str, Any]:
    return {}


def _type(given: Parameters) -> dict[str, Any]:
    named = str(given.get("type", ""))[:LONGEST_TEXT]
    if named not in TYPES:
        raise DesensitizeError("quality-type-unknown", type=named, nearest=nearest(named, TYPES))
    return {"type": named}


def _bounds(given: Parameters) -> dict[str, Any]:
    bounds = {name: bound_of(given.get(name)) for name in ("at_least", "at_most")}
    kept = {name: bound for name, bound in bounds.items() if bound is not None}
    wrong = (
        any(given.get(name) not in (None, "") and bounds[name] is None for name in bounds)
        or len({type(bound) for bound in kept.values()}) != 1
    )
    if not wrong and len(kept) == 2:
        low, high = kept["at_least"], kept["at_most"]
        wrong = low > high  # type: ignore[operator]
    if wrong:
        raise DesensitizeError("quality-bounds-wrong")
    return {
        name: bound.isoformat() if isinstance(bound, date) else _plain(bound)
        for name, bound in kept.items()
    }


def bound_of(given: object) -> Decimal | date | None:
    """Read a bound as a number or as a date, or return None."""
    number = _decimal(given)
    if number is not None:
        return number
    try:
        return date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        return None


def _pattern(given: Parameters) -> dict[str, Any]:
    pattern = given.get("pattern")
    fits = isinstance(pattern, str) and 0 < len(pattern) <= LONGEST_PATTERN
    # By itself first: `a)|(b` would be one only within the brackets around it.
    if not fits or not (_compiles(str(pattern)) and _compiles(whole(str(pattern)))):
        raise DesensitizeError("quality-pattern-wrong", limit=LONGEST_PATTERN)
    return {"pattern": pattern}


def whole(pattern: str) -> str:
    """Return the pattern of texts that match from end to end."""
    return rf"\A(?:{pattern})\z"


def _compiles(pattern: str) -> bool:
    """Ask the engine itself, which takes time in proportion to the text whatever the pattern."""
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.PolarsError:
        return False
    return True


def _codes(given: Parameters) -> dict[str, Any]:
    codes = given.get("codes")
    fits = isinstance(codes, list | tuple) and 0 < len(codes) <= MOST_CODES
    texts = [str(code) for code in codes] if fits and codes is not None else []
    if (
        not texts
        or len(set(texts)) != len(texts)
        or any(not 0 < len(text) <= LONGEST_TEXT for text in texts)
    ):
        raise DesensitizeError("quality-codes-wrong", limit=MOST_CODES)
    return {"codes": texts}


def _comparison(given: Parameters) -> dict[str, Any]:
    sides = [_names(given.get(side), least=1, most=MOST_COLUMNS) for side in ("left", "right")]
    within = _decimal(given.get("within") or 0)
    if (
        None in sides
        or given.get("operator") not in OPERATORS
        or sides[0] == sides[1]
        or within is None
        or within < 0
        or (within and given["operator"] in ("<", ">"))
    ):
        raise DesensitizeError("quality-comparison-wrong", limit=MOST_COLUMNS)
    left, right = (list(side or ()) for side in sides)
    read = {"left": left, "operator": given["operator"], "right": right}
    return {**read, "within": _plain(within)} if within else read


def _reference(given: Parameters) -> dict[str, Any]:
    parts = {name: given.get(name) for name in ("dataset", "column")}
    if any(not isinstance(part, str) or not 0 < len(part) <= 200 for part in parts.values()):
        raise DesensitizeError("quality-reference-wrong")
    return parts


def _days(given: Parameters) -> dict[str, Any]:
    days = given.get("days")
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        raise DesensitizeError("quality-days-wrong", limit=MOST_DAYS)
    return {"days": days}


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "present": Kind("completeness", _nothing),
        "unique": Kind("accuracy", _nothing, most=MOST_COLUMNS),
        "type": Kind("normativity", _type, ("type",)),
        "range": Kind("accuracy", _bounds, ("at_least", "at_most")),
        "pattern": Kind("accuracy", _pattern, ("pattern",)),
        "codes": Kind("normativity", _codes, ("codes",)),
        "compare": Kind(
            "consistency",
            _comparison,
            ("left", "operator", "right", "within"),
            most=2 * MOST_COLUMNS,
        ),
        "exists": Kind("consistency", _reference, ("dataset", "column")),
        "fresh": Kind("timeliness", _days, ("days",)),
        "volume": Kind("completeness", _nothing, least=0, most=0),
    }
)
"""By name what a rule can be.

The characteristics follow the indicators of GB/T 36344-2018: format and repetition are of accuracy,
reference values and data model of normativity, what belongs together of consistency.
"""


def _names(given: object, *, least: int, most: int) -> tuple[str, ...] | None:
    if not isinstance(given, list | tuple) or not least <= len(given) <= most:
        return None
    if any(not isinstance(name, str) or not 0 < len(name) <= LONGEST_TEXT for name in given):
        return None
    return tuple(given) if len(set(given)) == len(given) else None


def _decimal(given: object) -> Decimal | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return None
    if len(str(given)) > 40:
        return None
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        return None
    # As far as a column of numbers goes; a longer exponent would be spelled out.
    return number if number.is_finite() and abs(number.adjusted()) <= 30 else None


def _plain(number: Decimal | date) -> str:
    """Write a number without exponent and trailing noughts, so that the same one has one text."""
    if isinstance(number, date):
        return number.isoformat()
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text
