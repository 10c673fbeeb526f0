"""What was examined of a table, and where a later one is data of another kind. Pure: no models.

What a reviewer has looked at is kept as figures: ranges, shares, digests of codes and forms of
texts. A later table may go beyond them by a margin, and no further.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from io import IOBase
from itertools import combinations
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl
import rfc8785

File = Path | BinaryIO | IOBase
Figures = Mapping[str, Any]

MOST_CODES: Final = 2_000
"""A text column with no more values, each of them in two rows on average, holds codes."""
MOST_FORMS: Final = 60
"""A text column whose values have more forms than these holds free text."""
LEAST_ROWS: Final = 20
"""In fewer rows, neither that each value stands once says anything, nor that few do."""
MOST_PAIRS: Final = 10
LEAST_BY_CHANCE: Final = 5
"""So many rows at least would stand twice, were the values of a key strewn at random."""
DAYS_BEYOND: Final = 366
TIMES_ROWS: Final = 3
FEW_ROWS: Final = 20
LEAST_MARGIN: Final = 10.0
TIMES_KEY: Final = 100
MORE_EMPTY: Final = 0.1
MORE_REPEATED: Final = 0.02
MORE_NEGATIVE: Final = 0.05
TIMES_LENGTH: Final = 2
TIMES_LENGTH_OF_FORM: Final = 1.5
FEW_SIGNS: Final = 10
MOST_KEPT: Final = 20
"""Of so many columns, forms and codes is kept or shown in what they are new; others are counted."""
LONGEST_FORM: Final = 60
DIGITS: Final = 3


class Why(StrEnum):
    """In what a table is of another kind than the form says."""

    ROWS = "rows"
    REPEATED = "repeated"
    KEY = "key"
    KIND = "kind"
    EMPTY = "empty"
    FILLED = "filled"
    RANGE = "range"
    NEGATIVE = "negative"
    USUAL = "usual"
    DAYS = "days"
    CODES = "codes"
    LENGTH = "length"
    FORMS = "forms"


@dataclass(frozen=True)
class Beyond:
    """In what one column goes beyond a form; `column` is "" for the rows as such.

    `approved` and `came` are the figures of either that do not agree. No text stands in them, and
    of numbers neither the lowest nor the highest as it is.
    """

    column: str
    why: Why
    approved: Any = None
    came: Any = None


def as_kept(beyond: Sequence[Beyond]) -> dict[str, Any]:
    """Return what is kept of how a table goes beyond a form: of the first columns, and how many."""
    return {"beyond": [asdict(one) for one in beyond[:MOST_KEPT]], "beyond_count": len(beyond)}


def examined(table: File, *, salt: str) -> dict[str, Any]:
    """Return what a table holds, in figures: of texts digests and forms, of numbers their ends.

    `salt` goes into the digests of codes; it is the same for all tables that are compared.
    """
    columns: dict[str, Any] = {}
    hashes: dict[str, pl.Series] = {}
    rows = 0
    for name in pl.read_parquet_schema(_start(table)):
        cells = pl.read_parquet(_start(table), columns=[name]).to_series()
        rows = len(cells)
        columns[name] = _column(cells, salt=salt)
        hashes[name] = cells.hash(seed=7)
    return {
        "rows": [rows, rows],
        "repeated": _repeated(list(hashes.values())),
        **_keys(hashes, columns),
        "columns": columns,
    }


def joined(now: Figures, before: Figures) -> dict[str, Any]:
    """Return what was examined now and before, as one."""
    if not before:
        return dict(now)
    columns = {
        name: _joined(one, before["columns"].get(name, {})) for name, one in now["columns"].items()
    }
    rows = [min(now["rows"][0], before["rows"][0]), max(now["rows"][1], before["rows"][1])]
    repeated = max(now["repeated"], before["repeated"])
    kept = {part: [one for one in now[part] if one in before[part]] for part in ("keys", "unique")}
    return {"rows": rows, "repeated": repeated, **kept, "columns": columns}


def differing(form: Figures, found: Figures, *, rows_before: int, today: date) -> list[Beyond]:
    """Return in what a table goes beyond a form; of each column what shows first."""
    rows = found["rows"][0]
    low = max(form["rows"][0] / TIMES_ROWS - FEW_ROWS, 1)
    high = max(form["rows"][1], rows_before) * TIMES_ROWS + FEW_ROWS
    room = _Room(today, 1 / max(rows, 1))
    beyond = [] if low <= rows <= high else [Beyond("", Why.ROWS, form["rows"], rows)]
    if found["repeated"] > form["repeated"] + MORE_REPEATED:
        beyond.append(Beyond("", Why.REPEATED, form["repeated"], found["repeated"]))
    is_told = not form["keys"] or any(one in found["unique"] for one in form["keys"])
    if rows >= LEAST_ROWS and not is_told:
        again = [rest for key, rest in found["again"] if key in form["keys"]]
        beyond.append(Beyond("", Why.KEY, form["keys"][:MOST_KEPT], min(again, default=None)))
    for name, one in found["columns"].items():
        before = form["columns"].get(name)
        why = _beyond(before, one, room)
        if why is not None:
            beyond.append(Beyond(name, why, *_figures(why, before or {}, one)))
    return beyond


def _figures(why: Why, form: Figures, found: Figures) -> tuple[Any, Any]:
    """Return what was approved of a column and what came, as far as either is what differs."""
    match why:
        case Why.KIND:
            return form.get("kind"), found["kind"]
        case Why.EMPTY:
            return form["empty"], found["empty"]
        case Why.FILLED:
            return 0.0, round(1 - found["empty"], 4)
        case Why.RANGE:
            return outwards(form["low"], form["high"]), outwards(found["low"], found["high"])
        case Why.NEGATIVE:
            return form["negative"], found["negative"]
        case Why.USUAL:
            return outwards(*form["usual"]), _rounded(found["median"][0], ROUND_FLOOR)
        case Why.DAYS:
            return [form["low"], form["high"]], [found["low"], found["high"]]
        case Why.CODES:
            known = {*form["codes"]}
            new = [one for one in found["codes"] if one not in known] if "codes" in found else None
            return len(known), None if new is None else len(new)
        case Why.LENGTH:
            return _lengths(form, found)
        case Why.FORMS:
            return _told_forms(form), _told_forms(found, but=form)
    raise AssertionError(f"{why} is of the rows as such.")


def _lengths(form: Figures, found: Figures) -> tuple[int, int]:
    """Return how long texts were at most, and are: those of one form, if only they are longer."""
    if found["longest"] <= _most_signs(form):
        for shape, longest in found["forms"].items():
            if longest > _most_signs(form, shape):
                return form["forms"][shape], longest
    return form["longest"], found["longest"]


def _told_forms(figures: Figures, but: Figures | None = None) -> dict[str, Any]:
    """Return the first forms of texts and how many there are, but for known ones.

    Free text has too many of them: of it these are its signs.
    """
    known = but or {}
    part = "forms" if "forms" in figures and (but is None or "forms" in known) else "signs"
    forms = [form for form in figures[part] if form not in known.get(part, ())]
    shown = [form[:LONGEST_FORM] for form in forms[:MOST_KEPT]]
    return {"shown": shown, "count": len(forms), "is_free": part == "signs"}


def outwards(low: float, high: float) -> list[float]:
    """Return the ends of a range, rounded away from each other so that neither is a row's own."""
    return [_rounded(low, ROUND_FLOOR), _rounded(high, ROUND_CEILING)]


def _rounded(number: float, way: str) -> float:
    """Round a number to three digits; whole ones of so many digits stay."""
    if number == int(number) and abs(number) < 10**DIGITS:
        return number
    exact = Decimal(repr(number))
    step = Decimal(1).scaleb(exact.adjusted() - DIGITS + 1)
    return float(exact.quantize(step, rounding=way))


def digest_of_form(form: Figures) -> str:
    """Return the SHA-256 of a form, over its canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(form))).hexdigest()


def _start(table: File) -> Any:
    if not isinstance(table, Path):
        table.seek(0)
    return table


def _repeated(hashes: list[pl.Series]) -> float:
    """Return the share of rows that stand in a table already."""
    if not hashes or not len(hashes[0]):
        return 0.0
    together = hashes[0]
    for one in hashes[1:]:
        together = _joined_hash(together, one)
    return round(1 - together.n_unique() / len(together), 4)


def _joined_hash(first: pl.Series, second: pl.Series) -> pl.Series:
    return (first ^ (second + 7)).hash(seed=7)


def _keys(hashes: Mapping[str, pl.Series], columns: Figures) -> dict[str, list[Any]]:
    """Return which columns, alone or with a day, tell rows apart: all, and those not by chance.

    `again` has those that do not, with how many rows stand again. Numbers with fractions are
    measured, and tell rows apart by chance.
    """
    names = [
        name
        for name, one in columns.items()
        if not one["empty"] and one["kind"] in ("day", "text", "number") and one.get("is_whole", 1)
    ]
    names.sort(key=lambda name: columns[name]["kind"] != "day")
    pairs = [pair for pair in combinations(names, 2) if columns[pair[0]]["kind"] == "day"]
    rows = max((len(one) for one in hashes.values()), default=0)
    told: dict[str, list[Any]] = {"keys": [], "unique": [], "again": []}
    if rows < LEAST_ROWS:
        return told
    many = {name: hashes[name].n_unique() for name in names}
    for key in [[name] for name in names] + [list(pair) for pair in pairs[:MOST_PAIRS]]:
        together = hashes[key[0]] if len(key) == 1 else _joined_hash(*(hashes[one] for one in key))
        told_apart = many[key[0]] if len(key) == 1 else together.n_unique()
        if told_apart < rows:
            told["again"].append([key, rows - told_apart])
            continue
        told["unique"].append(key)
        if _places(key, columns, many) <= rows**2 / (2 * LEAST_BY_CHANCE):
            told["keys"].append(key)
    return told


def _places(key: list[str], columns: Figures, many: Mapping[str, int]) -> float:
    """Return over how many values rows would be strewn, were those of a key drawn at random."""
    if len(key) > 1:
        return float(many[key[0]] * many[key[1]])
    one = columns[key[0]]
    return float(one["high"] - one["low"] + 1) if one["kind"] == "number" else float(many[key[0]])


def _column(cells: pl.Series, *, salt: str) -> dict[str, Any]:
    said = cells.drop_nulls()
    found: dict[str, Any] = {"empty": round(1 - len(said) / len(cells), 4) if len(cells) else 0.0}
    if cells.dtype.is_numeric():
        return found | _numbers(said)
    if cells.dtype in (pl.Date, pl.Datetime):
        return found | _days(said)
    if cells.dtype == pl.String:
        return found | _texts(said, salt=salt)
    return found | {"kind": "other"}


def _numbers(said: pl.Series) -> dict[str, Any]:
    is_whole = said.dtype.is_integer()
    plain = said.cast(pl.Float64)
    # Sorted once, since each of the figures would sort for itself.
    plain = plain.filter(plain.is_finite()).sort()
    if not len(plain):
        return {"kind": "number", "none": True}
    last = len(plain) - 1
    low, high, median = plain[0], plain[-1], (plain[last // 2] + plain[-(last // 2) - 1]) / 2
    usual = [plain[round(last * share)] for share in (0.05, 0.95)]
    is_key = is_whole and len(plain) > 1 and plain.n_unique() == len(plain)
    return {
        "kind": "number",
        "low": low,
        "high": high,
        "median": [median, median],
        "usual": usual,
        "negative": round(int(plain.search_sorted(0)) / len(plain), 4),
        "is_key": is_key,
        "is_whole": is_whole,
    }


def _days(said: pl.Series) -> dict[str, Any]:
    if not len(said):
        return {"kind": "day", "none": True}
    days = said.cast(pl.Date)
    return {"kind": "day", "low": str(days.min()), "high": str(days.max())}


def _texts(said: pl.Series, *, salt: str) -> dict[str, Any]:
    if not len(said):
        return {"kind": "text", "none": True}
    values = said.unique()
    found: dict[str, Any] = {"kind": "text", "longest": values.str.len_chars().max()}
    formed = pl.DataFrame({"form": _forms(values), "length": values.str.len_chars()})
    forms = formed.group_by("form").agg(pl.col("length").max()).sort("form")
    found["signs"] = "".join(sorted({sign for form in forms["form"] for sign in form}))
    if len(forms) <= MOST_FORMS:
        found["forms"] = dict(forms.iter_rows())
    is_told = len(said) >= LEAST_ROWS and len(values) <= MOST_CODES
    found["is_code"] = is_told and 2 * len(values) <= len(said)
    if len(values) <= MOST_CODES:
        found["codes"] = sorted(_digest(salt, value) for value in values)
    return found


def _forms(values: pl.Series) -> pl.Series:
    """Return each text with its words and numbers as one sign each; spaces between words go."""
    return (
        values.str.replace_all(r"\p{Han}+", "中")
        .str.replace_all(r"[\p{L}--\p{Han}]+", "a")
        .str.replace_all(r"\p{N}+", "9")
        .str.replace_all(r"\s+", " ")
        .str.replace_all(r"a( a)+", "a")
    )


def _digest(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()[:12]


def _joined(now: Figures, before: Figures) -> dict[str, Any]:
    if now.get("kind") != before.get("kind") or before.get("none"):
        return dict(now)
    empty = max(now["empty"], before["empty"])
    if now.get("none"):
        return {**before, "empty": empty}
    both: dict[str, Any] = {**now, "empty": empty}
    if "low" in now:
        both["low"] = min(now["low"], before["low"])
        both["high"] = max(now["high"], before["high"])
    if now["kind"] == "number":
        for part in ("median", "usual"):
            both[part] = [
                min(now[part][0], before[part][0]),
                max(now[part][1], before[part][1]),
            ]
        both["negative"] = max(now["negative"], before["negative"])
        both["is_key"] = now["is_key"] and before["is_key"]
    if now["kind"] == "text":
        both |= _joined_texts(now, before)
    return both


def _joined_texts(now: Figures, before: Figures) -> dict[str, Any]:
    both: dict[str, Any] = {
        "longest": max(now["longest"], before["longest"]),
        "signs": "".join(sorted({*now["signs"], *before["signs"]})),
        "is_code": now["is_code"] and before["is_code"],
    }
    if "codes" in now and "codes" in before:
        both["codes"] = sorted({*now["codes"], *before["codes"]})
    if "forms" in now and "forms" in before:
        names = sorted({*now["forms"], *before["forms"]})
        both["forms"] = {
            name: max(now["forms"].get(name, 0), before["forms"].get(name, 0)) for name in names
        }
    return both


@dataclass(frozen=True)
class _Room:
    """The day on which a table is held against a form, and the share that one of its rows is."""

    today: date
    one_row: float


def _beyond(form: Figures | None, found: Figures, room: _Room) -> Why | None:
    if form is None or form["kind"] != found["kind"]:
        return Why.KIND
    # One cell more is none too many, even of few rows.
    most_empty = max(2 * form["empty"], form["empty"] + MORE_EMPTY) + room.one_row
    if found["empty"] > most_empty:
        return Why.EMPTY
    if found.get("none") or form["kind"] == "other":
        return None
    if form.get("none"):
        return Why.FILLED
    return BEYOND[form["kind"]](form, found, room)


def _beyond_number(form: Figures, found: Figures, room: _Room) -> Why | None:
    low, high = form["low"], form["high"]
    margin = max(high - low, abs(high), LEAST_MARGIN)
    most = TIMES_KEY * max(abs(high), 1.0) if form["is_key"] else high + margin
    if not low - margin <= found["low"] <= found["high"] <= most:
        return Why.RANGE
    if found["negative"] > form["negative"] + MORE_NEGATIVE + room.one_row:
        return Why.NEGATIVE
    first, last = form["usual"]
    width = max(last - first, abs(last), LEAST_MARGIN)
    is_usual = form["is_key"] or first - width <= found["median"][0] <= last + width
    return None if is_usual else Why.USUAL


def _beyond_days(form: Figures, found: Figures, room: _Room) -> Why | None:
    beyond = timedelta(days=DAYS_BEYOND)
    least = date.fromisoformat(form["low"]) - beyond
    most = max(date.fromisoformat(form["high"]), room.today) + beyond
    low, high = (date.fromisoformat(found[end]) for end in ("low", "high"))
    return None if least <= low <= high <= most else Why.DAYS


def _beyond_texts(form: Figures, found: Figures, _room: _Room) -> Why | None:
    if form["is_code"]:
        return None if {*found.get("codes", ("none",))} <= {*form["codes"]} else Why.CODES
    if found["longest"] > _most_signs(form):
        return Why.LENGTH
    if "forms" not in form:
        return None if {*found["signs"]} <= {*form["signs"]} else Why.FORMS
    for name, longest in found.get("forms", {"": 0}).items():
        if name not in form["forms"]:
            return Why.FORMS
        if longest > _most_signs(form, name):
            return Why.LENGTH
    return None


def _most_signs(form: Figures, shape: str = "") -> float:
    """Return how long a text may be: any of a column, or one of a shape."""
    if not shape:
        return float(TIMES_LENGTH * form["longest"] + FEW_SIGNS)
    return float(max(TIMES_LENGTH_OF_FORM * form["forms"][shape] + 2, FEW_SIGNS))


BEYOND: Final = {"number": _beyond_number, "day": _beyond_days, "text": _beyond_texts}
