"""What was examined of a table, and where a later one is data of another kind. Pure: no models.

What a reviewer has looked at is kept as figures: ranges, shares, digests of codes and forms of
texts. A later table may go beyond them by a margin, and no further.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from io import IOBase
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl
import rfc8785

File = Path | BinaryIO | IOBase
Figures = Mapping[str, Any]

MOST_CODES: Final = 200
"""A text column with no more values, each of them in two rows on average, holds codes."""
MOST_FORMS: Final = 60
"""A text column whose values have more forms than these holds free text."""
DAYS_BEYOND: Final = 366
TIMES_ROWS: Final = 3
FEW_ROWS: Final = 100
LEAST_MARGIN: Final = 10.0
TIMES_KEY: Final = 100
MORE_EMPTY: Final = 0.1
MORE_REPEATED: Final = 0.02
MORE_NEGATIVE: Final = 0.05
TIMES_LENGTH: Final = 2
FEW_SIGNS: Final = 10


def examined(table: File, *, salt: str) -> dict[str, Any]:
    """Return what a table holds, in figures from which no value can be read.

    `salt` goes into the digests of codes; it is the same for all tables that are compared.
    """
    columns: dict[str, Any] = {}
    together: pl.Series | None = None
    rows = 0
    for name in pl.read_parquet_schema(_start(table)):
        cells = pl.read_parquet(_start(table), columns=[name]).to_series()
        rows = len(cells)
        columns[name] = _column(cells, salt=salt)
        hashed = cells.hash(seed=7)
        together = hashed if together is None else (together ^ (hashed + 7)).hash(seed=7)
    repeated = 1 - together.n_unique() / rows if together is not None and rows else 0.0
    return {"rows": [rows, rows], "repeated": round(repeated, 4), "columns": columns}


def joined(now: Figures, before: Figures) -> dict[str, Any]:
    """Return what was examined now and before, as one."""
    if not before:
        return dict(now)
    columns = {
        name: _joined(one, before["columns"].get(name, {})) for name, one in now["columns"].items()
    }
    rows = [min(now["rows"][0], before["rows"][0]), max(now["rows"][1], before["rows"][1])]
    repeated = max(now["repeated"], before["repeated"])
    return {"rows": rows, "repeated": repeated, "columns": columns}


def differing(form: Figures, found: Figures, *, rows_before: int, today: date) -> list[str]:
    """Return the columns in which a table is of another kind; "" stands for its rows as such."""
    low = form["rows"][0] / TIMES_ROWS - FEW_ROWS
    high = max(form["rows"][1], rows_before) * TIMES_ROWS + FEW_ROWS
    is_other = not low <= found["rows"][0] <= high
    is_other = is_other or found["repeated"] > form["repeated"] + MORE_REPEATED
    columns = [
        name
        for name, one in found["columns"].items()
        if not _is_same(form["columns"].get(name), one, rows=found["rows"][0], today=today)
    ]
    return [*([""] if is_other else []), *columns]


def digest_of_form(form: Figures) -> str:
    """Return the SHA-256 of a form, over its canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(form))).hexdigest()


def _start(table: File) -> Any:
    if not isinstance(table, Path):
        table.seek(0)
    return table


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
    plain = plain.filter(plain.is_finite())
    if not len(plain):
        return {"kind": "number", "none": True}
    low, high, median = plain.min(), plain.max(), plain.median()
    usual = [plain.quantile(0.05), plain.quantile(0.95)]
    is_key = is_whole and len(plain) > 1 and plain.n_unique() == len(plain)
    return {
        "kind": "number",
        "low": low,
        "high": high,
        "median": [median, median],
        "usual": usual,
        "negative": round(int((plain < 0).sum()) / len(plain), 4),
        "is_key": is_key,
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
    longest = values.str.len_chars().max()
    forms = sorted(_forms(values).unique().to_list())
    found: dict[str, Any] = {"kind": "text", "longest": longest}
    found["signs"] = "".join(sorted({sign for form in forms for sign in form}))
    if len(forms) <= MOST_FORMS:
        found["forms"] = forms
    if len(values) <= MOST_CODES:
        found["codes"] = sorted(_digest(salt, value) for value in values)
    found["is_code"] = len(values) <= MOST_CODES and 2 * len(values) <= len(said)
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
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()[:16]


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
    for part in ("forms", "codes"):
        if part in now and part in before:
            both[part] = sorted({*now[part], *before[part]})
    return both


def _is_same(form: Figures | None, found: Figures, *, rows: int, today: date) -> bool:
    if form is None or form["kind"] != found["kind"]:
        return False
    # One cell more is none too many, even of few rows.
    most_empty = max(2 * form["empty"], form["empty"] + MORE_EMPTY) + 1 / max(rows, 1)
    if found["empty"] > most_empty:
        return False
    if found.get("none") or form["kind"] == "other":
        return True
    if form.get("none"):
        return False
    return SAME[form["kind"]](form, found, today)


def _same_number(form: Figures, found: Figures, _today: date) -> bool:
    low, high = form["low"], form["high"]
    margin = max(high - low, abs(high), LEAST_MARGIN)
    most = TIMES_KEY * max(abs(high), 1.0) if form["is_key"] else high + margin
    if not low - margin <= found["low"] <= found["high"] <= most:
        return False
    if found["negative"] > form["negative"] + MORE_NEGATIVE:
        return False
    first, last = form["usual"]
    width = max(last - first, abs(last), LEAST_MARGIN)
    return form["is_key"] or bool(first - width <= found["median"][0] <= last + width)


def _same_day(form: Figures, found: Figures, today: date) -> bool:
    beyond = timedelta(days=DAYS_BEYOND)
    least = date.fromisoformat(form["low"]) - beyond
    most = max(date.fromisoformat(form["high"]), today) + beyond
    return least <= date.fromisoformat(found["low"]) and date.fromisoformat(found["high"]) <= most


def _same_text(form: Figures, found: Figures, _today: date) -> bool:
    if form["is_code"]:
        return "codes" in found and {*found["codes"]} <= {*form["codes"]}
    if found["longest"] > TIMES_LENGTH * form["longest"] + FEW_SIGNS:
        return False
    if "forms" in form:
        return "forms" in found and {*found["forms"]} <= {*form["forms"]}
    return {*found["signs"]} <= {*form["signs"]}


SAME: Final = {"number": _same_number, "day": _same_day, "text": _same_text}
