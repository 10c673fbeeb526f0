"""Read a bank statement: CSV with a header line, in UTF-8 or GB 18030.

The columns are found by their names, in any order, in English or Chinese (`COLUMNS`); further
columns are not read. Lines that take money out have an amount below zero, or stand in a column of
debits beside the one of credits (`DEBIT`). Where the bank tells what stood on the account after
each line, that is read too.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.core import Invalid, clock
from marketplace.core.bounds import EARLIEST, OutOfBounds, decimal_of
from marketplace.trading.orders.settlement.references import reference_in

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_CELL = 1000
LARGEST = Decimal("9999999999999.99")
COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": ("transaction_id", "transaction id", "交易流水号", "流水号"),
    "received_on": ("booked_on", "date", "交易日期", "记账日期"),
    "amount": ("amount", "credit", "金额", "贷方金额", "贷方发生额", "收入金额"),
    "currency": ("currency", "币种"),
    "text": ("text", "remittance", "附言", "摘要"),
}
"""What is read, by the names that its column may have, in lower case."""
DEBIT = ("debit", "借方金额", "借方发生额", "支出金额")
"""The column of what went out, where the one of the amount tells what came in alone."""
BALANCE = ("balance", "余额", "账户余额")
"""The column that a statement may have besides."""
DAYS = tuple(
    re.compile(written)
    for written in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
"""How a day is written: the year first, since 5/3 is in March or in May."""
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{3,63}")
CURRENCIES = {"人民币": "CNY", "RMB": "CNY"}


@dataclass(frozen=True)
class StatementLine:
    """A line of a statement; below zero is what went out, whose reference may be none."""

    number: int
    reference: str
    booked_on: date
    amount: Decimal
    currency: str
    balance: Decimal | None
    claimed_reference: str


def lines_of_statement(content: bytes) -> list[StatementLine]:
    """Read what came in and went out; nothing of a statement in which one line is wrong.

    Raises:
        Invalid: with the line and a sentence (`statement-unreadable`).
    """
    try:
        return list(_found(_lines(content)))
    except csv.Error:
        raise unreadable(
            1, _("This is no CSV, or a cell is longer than any bank writes.")
        ) from None


def _found(lines: Iterator[list[str]]) -> Iterator[StatementLine]:
    header = next(lines, None)
    if header is None:
        raise unreadable(1, _("The file is empty."))
    places = _places(header)
    seen: set[str] = set()
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_LINES:
            raise unreadable(number, _("There are too many lines. Split the file."))
        one = _line(number, cells, places)
        if one is None:
            continue
        if one.amount > 0 and one.reference in seen:
            raise unreadable(number, _("The bank's reference stands in an earlier line too."))
        if one.amount > 0:
            seen.add(one.reference)
        yield one


def _lines(content: bytes) -> Iterator[list[str]]:
    if len(content) > MOST_BYTES:
        raise unreadable(1, _("The file is too large. Split it."))
    if b"\x00" in content:
        raise unreadable(1, _("This is no text. Save the statement as CSV."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise unreadable(1, _("The text is neither UTF-8 nor GB 18030.")) from None
    return csv.reader(io.StringIO(text, newline=""))


def _places(header: list[str]) -> dict[str, int]:
    named = {cell.strip().lower(): place for place, cell in enumerate(header)}
    places = {
        column: named[name] for column, names in COLUMNS.items() for name in names if name in named
    }
    missing = sorted(COLUMNS.keys() - places.keys())
    if missing:
        wanted = ", ".join(COLUMNS[column][0] for column in missing)
        raise unreadable(1, _("These columns are missing: %(names)s.") % {"names": wanted})
    besides = {"debit": DEBIT, "balance": BALANCE}
    return places | {
        column: named[name] for column, names in besides.items() for name in names if name in named
    }


def _line(number: int, cells: list[str], places: dict[str, int]) -> StatementLine | None:
    if len(cells) <= max(places.values()):
        raise unreadable(number, _("The line has fewer cells than the header."))
    value = {column: cells[place].strip() for column, place in places.items()}
    if any(len(cell) > LONGEST_CELL for cell in value.values()):
        raise unreadable(number, _("A cell is longer than any bank writes."))
    amount = _amount(number, value)
    if not amount:
        return None
    reference = value["reference"]
    if not REFERENCE.fullmatch(reference):
        if amount > 0:
            raise unreadable(
                number, _("The bank's reference is not 4 to 64 letters, digits and hyphens.")
            )
        # What the bank takes for itself often has none, and what is no reference may be a name.
        reference = ""
    currency = CURRENCIES.get(value["currency"].upper(), value["currency"].upper())
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise unreadable(number, _("The currency is none of three letters, such as CNY."))
    return StatementLine(
        number=number,
        reference=reference,
        booked_on=_day(number, value["received_on"]),
        amount=amount,
        currency=currency,
        balance=_money(number, value["balance"]) if value.get("balance") else None,
        claimed_reference=reference_in(value["text"]),
    )


def _amount(number: int, value: dict[str, str]) -> Decimal:
    """Return what came in, or below zero what went out: one cell, or one of two columns."""
    if "debit" not in value:
        return _money(number, value["amount"])
    if not value["debit"] and not value["amount"]:
        raise unreadable(number, _("Debit and credit are both empty."))
    debit, credit = (_money(number, value[side] or "0") for side in ("debit", "amount"))
    if debit < 0 or credit < 0:
        # Whether it is a reversal or what went out, written with its sign, banks do not agree on.
        raise unreadable(number, _("A debit or credit is below zero. Write it without the sign."))
    if debit and credit:
        raise unreadable(number, _("Debit and credit are both filled. Write two lines."))
    return credit - debit


def _money(number: int, text: str) -> Decimal:
    try:
        amount = decimal_of(text.replace(",", "").removeprefix("+"))
        if abs(amount) > LARGEST or amount != round(amount, 2):
            raise OutOfBounds
    except OutOfBounds:
        sentence = _("The amount is no sum of money with at most two places.")
        raise unreadable(number, sentence) from None
    except ValueError:
        raise unreadable(number, _("The amount is no number.")) from None
    return amount


def _day(number: int, text: str) -> date:
    day = next((match for each in DAYS if (match := each.fullmatch(text))), None)
    try:
        found = date(*(int(part) for part in day.groups())) if day else None
    except ValueError:
        found = None
    if found is None or found < EARLIEST:
        raise unreadable(number, _("The date is none. Write it year first, as 2026-03-31."))
    if found > clock.today():
        raise unreadable(
            number,
            _("The day %(day)s is still to come. Correct it, or import the line on that day.")
            % {"day": found.isoformat()},
        )
    return found


def unreadable(line: int, sentence: str) -> Invalid:
    """Return the refusal of a statement that names the line."""
    said = _("Line %(line)d: %(sentence)s Nothing was imported.") % {
        "line": line,
        "sentence": sentence,
    }
    return Invalid(said, code="statement-unreadable", fields={"statement": [said]})
