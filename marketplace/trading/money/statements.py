"""Read a bank statement: CSV with a header line, in UTF-8 or GB 18030.

The columns are found by their names, in any order, in English or Chinese (`COLUMNS`); further
columns are not read. Lines that take money out, with an amount below zero, are passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid
from marketplace.trading.money.incoming import Incoming
from marketplace.trading.money.references import reference_in

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_CELL = 1000
LARGEST = Decimal("9999999999999.99")
COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": ("transaction_id", "transaction id", "交易流水号", "流水号"),
    "received_on": ("booked_on", "date", "交易日期", "记账日期"),
    "amount": ("amount", "credit", "金额", "贷方金额", "收入金额"),
    "currency": ("currency", "币种"),
    "text": ("text", "remittance", "附言", "摘要"),
}
"""What is read, by the names that its column may have, in lower case."""
DAY = re.compile(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{3,63}")
CURRENCIES = {"人民币": "CNY", "RMB": "CNY"}


def incoming_of_statement(content: bytes) -> list[Incoming]:
    """Read the payments that came in; nothing of a statement in which one line is wrong.

    Raises:
        Invalid: with the line and a sentence (`statement-unreadable`).
    """
    try:
        return list(_found(_lines(content)))
    except csv.Error:
        raise _unreadable(
            1, _("This is no CSV, or a cell is longer than any bank writes.")
        ) from None


def _found(lines: Iterator[list[str]]) -> Iterator[Incoming]:
    header = next(lines, None)
    if header is None:
        raise _unreadable(1, _("The file is empty."))
    places = _places(header)
    seen: set[str] = set()
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_LINES:
            raise _unreadable(number, _("There are too many lines. Split the file."))
        one = _incoming(number, cells, places)
        if one is not None and one.reference in seen:
            raise _unreadable(number, _("The bank's reference stands in an earlier line too."))
        if one is not None:
            seen.add(one.reference)
            yield one


def _lines(content: bytes) -> Iterator[list[str]]:
    if len(content) > MOST_BYTES:
        raise _unreadable(1, _("The file is too large. Split it."))
    if b"\x00" in content:
        raise _unreadable(1, _("This is no text. Save the statement as CSV."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise _unreadable(1, _("The text is neither UTF-8 nor GB 18030.")) from None
    return csv.reader(io.StringIO(text, newline=""))


def _places(header: list[str]) -> dict[str, int]:
    named = {cell.strip().lower(): place for place, cell in enumerate(header)}
    places = {
        column: named[name] for column, names in COLUMNS.items() for name in names if name in named
    }
    missing = sorted(COLUMNS.keys() - places.keys())
    if missing:
        wanted = ", ".join(COLUMNS[column][0] for column in missing)
        raise _unreadable(1, _("These columns are missing: %(names)s.") % {"names": wanted})
    return places


def _incoming(number: int, cells: list[str], places: dict[str, int]) -> Incoming | None:
    if len(cells) <= max(places.values()):
        raise _unreadable(number, _("The line has fewer cells than the header."))
    value = {column: cells[place].strip() for column, place in places.items()}
    if any(len(cell) > LONGEST_CELL for cell in value.values()):
        raise _unreadable(number, _("A cell is longer than any bank writes."))
    try:
        amount = Decimal(value["amount"].replace(",", "").removeprefix("+"))
    except InvalidOperation:
        raise _unreadable(number, _("The amount is no number.")) from None
    if not amount.is_finite() or abs(amount) > LARGEST or amount != round(amount, 2):
        raise _unreadable(number, _("The amount is no sum of money with at most two places."))
    if amount <= 0:
        return None
    if not REFERENCE.fullmatch(value["reference"]):
        raise _unreadable(
            number, _("The bank's reference is not 4 to 64 letters, digits and hyphens.")
        )
    day = DAY.fullmatch(value["received_on"])
    try:
        received_on = date(*(int(part) for part in day.groups())) if day else None
    except ValueError:
        received_on = None
    if received_on is None:
        raise _unreadable(number, _("The date is none. Write it as 2026-03-31."))
    currency = CURRENCIES.get(value["currency"].upper(), value["currency"].upper())
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise _unreadable(number, _("The currency is none of three letters, such as CNY."))
    return Incoming(
        reference=value["reference"],
        received_on=received_on,
        amount=amount,
        currency=currency,
        claimed_reference=reference_in(value["text"]),
    )


def _unreadable(line: int, sentence: str) -> Invalid:
    said = _("Line %(line)d: %(sentence)s Nothing was imported.") % {
        "line": line,
        "sentence": sentence,
    }
    return Invalid(said, code="statement-unreadable", fields={"statement": [said]})
