"""Read a bank statement as CSV: five layouts, each known by the names of its columns.

The columns are found by their names, in any order; further columns are not read. Lines of title
before the header, and lines of totals after it, are left out. What a title tells of account and
currency is read.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.trading.treasury.bank.statement_lines import (
    DAYS,
    StatementLine,
    line_of,
    money_of,
    refuse_other_account,
    unreadable,
)

LONGEST_CELL = 1000
MOST_TITLE_LINES = 30
"""So many lines may stand before the header."""
DELIMITERS = (",", "\t", ";")
REFERENCE = (
    *(
        "transaction_id",
        "transaction id",
        "交易流水号",
        "流水号",
        "交易序号",
        "凭证号",
        "核心流水号",
    ),
)
DAY = ("booked_on", "date", "交易日期", "记账日期", "交易时间", "入账日期")
CURRENCY = ("currency", "币种", "货币", "交易币种")
TEXT = ("text", "remittance", "附言", "摘要", "用途", "交易附言")
BALANCE = ("balance", "余额", "账户余额", "交易后余额", "本次余额")
OUT = frozenset({"借", "借方", "D", "DR", "DEBIT", "DBIT", "支出", "转出", "往账"})
IN = frozenset({"贷", "贷方", "C", "CR", "CREDIT", "CRDT", "收入", "转入", "来账"})
TOTALS = re.compile(
    r"(合计|总计|小计|本页|本月合计|本年累计|累计|总笔数|承前页|过次页|期初余额|期末余额|total|"
    r"opening balance|closing balance|balance (carried|brought) forward)",
    re.IGNORECASE,
)
ACCOUNT_NUMBER = r"[A-Z]{0,2}\d[\dA-Z *-]*"
TITLE = MappingProxyType(
    {
        "account": re.compile(
            r"(?:账号|帐号|账户号码|账户|account(?: number| no\.?)?)\s*[:：]?\s*"
            rf"({ACCOUNT_NUMBER})?",
            re.IGNORECASE,
        ),
        "currency": re.compile(r"(?:币种|货币|currency)\s*[:：]?\s*(\S+)?", re.IGNORECASE),
    }
)
"""What is read of the lines before the header: `账号：6222 …`, or the name and the value."""

Cells = Mapping[str, str]


def _signed(number: int, cells: Cells) -> Decimal:
    return money_of(number, cells["amount"])


def _marked(number: int, cells: Cells) -> Decimal:
    """Return an amount whose direction another cell tells: 借 went out, 贷 came in."""
    amount, mark = money_of(number, cells["amount"]), cells["mark"].upper()
    if amount < 0:
        raise _below_zero(number)
    if mark in OUT:
        return -amount
    if mark in IN:
        return amount
    raise unreadable(number, _("The line says neither 借 nor 贷. Write one of the two."))


def _two_sided(number: int, cells: Cells) -> Decimal:
    """Return what came in, or below zero what went out: one of two cells."""
    if not cells["out"] and not cells["in"]:
        raise unreadable(number, _("Debit and credit are both empty."))
    went, came = (money_of(number, cells[side] or "0") for side in ("out", "in"))
    if went < 0 or came < 0:
        raise _below_zero(number)
    if went and came:
        raise unreadable(number, _("Debit and credit are both filled. Write two lines."))
    return came - went


def _below_zero(number: int) -> Exception:
    # Whether it is a reversal or what went out, written with its sign, banks do not agree on.
    return unreadable(number, _("A debit or credit is below zero. Write it without the sign."))


@dataclass(frozen=True)
class Layout:
    """How a bank writes its statement: its columns by their names, and how an amount is read."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    amount: Callable[[int, Cells], Decimal]

    def places_in(self, header: Sequence[str]) -> dict[str, int]:
        """Return where its columns stand, of those that are there."""
        named = {cell.strip().lower(): place for place, cell in enumerate(header)}
        every = {**COMMON, **self.columns}
        return {
            column: next(named[name] for name in names if name in named)
            for column, names in every.items()
            if any(name in named for name in names)
        }


COMMON: Mapping[str, tuple[str, ...]] = {
    "reference": REFERENCE,
    "day": DAY,
    "currency": CURRENCY,
    "text": TEXT,
    "balance": BALANCE,
}
BESIDES = ("balance",)
"""What a statement may leave out."""
TITLED = ("currency",)
"""What its title may tell in place of a column."""
LAYOUTS = (
    Layout(
        "marked",
        {
            "amount": ("amount", "交易金额", "发生额", "金额"),
            "mark": ("debit/credit", "d/c", "借贷标志", "借贷", "借贷方向", "收支标志", "收/支"),
        },
        _marked,
    ),
    Layout(
        "debit and credit",
        {
            "out": ("debit", "借方金额", "借方发生额"),
            "in": ("amount", "credit", "贷方金额", "贷方发生额", "金额"),
        },
        _two_sided,
    ),
    Layout(
        "paid out and paid in",
        {
            "out": ("paid out", "withdrawal", "支出金额", "转出金额", "支出"),
            "in": ("paid in", "deposit", "收入金额", "转入金额", "收入", "amount", "金额"),
        },
        _two_sided,
    ),
    Layout(
        "both accounts",
        {
            "amount": ("本方发生额", "账户发生额", "transaction amount"),
            "mark": ("往来标志", "往来账", "direction"),
        },
        _marked,
    ),
    Layout("signed", {"amount": ("amount", "金额", "交易金额", "发生额", "收支金额")}, _signed),
)
"""The first of them whose columns are all there reads the file."""


@dataclass
class _Table:
    """The lines after a header that a layout knows."""

    layout: Layout
    places: dict[str, int]
    title: dict[str, str]
    rows: Iterator[tuple[int, list[str]]]


def lines_of_csv(text: str) -> Iterator[StatementLine]:
    """Read a statement in the layout that its header tells.

    Raises:
        Invalid: with the line and a sentence (`statement-unreadable`).
    """
    table = _table(text)
    for number, cells in table.rows:
        if not any(cells) or _is_total(cells, table):
            continue
        if len(cells) <= max(table.places.values()):
            raise unreadable(number, _("The line has fewer cells than the header."))
        value = {column: cells[place] for column, place in table.places.items()}
        if any(len(cell) > LONGEST_CELL for cell in value.values()):
            raise unreadable(number, _("A cell is longer than any bank writes."))
        amount = table.layout.amount(number, value)
        if amount:
            balance = value.get("balance")
            yield line_of(
                number,
                reference=value["reference"],
                day=value["day"],
                amount=amount,
                currency=_currency(number, value, table.title),
                balance=money_of(number, balance) if balance else None,
                text=value["text"],
            )


def _table(text: str) -> _Table:
    """Find the header, whatever separates its cells, and read what stands above it."""
    missing: list[str] | None = None
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        above: list[list[str]] = []
        for number, cells in islice(rows, MOST_TITLE_LINES):
            title = _title(above)
            found = [(each, each.places_in(cells)) for each in LAYOUTS]
            for layout, places in found:
                if not _missing(layout, places, title):
                    if "account" in title:
                        refuse_other_account(number, title["account"])
                    return _Table(layout, places, title, rows)
            layout, places = found[-1]
            lacks = _missing(layout, places, title)
            if places and (missing is None or len(lacks) < len(missing)):
                missing = lacks
            above.append(cells)
    if not text.strip():
        raise unreadable(1, _("The file is empty."))
    every = {**COMMON, **LAYOUTS[-1].columns}
    wanted = sorted(every[column][0] for column in missing or [*every] if column not in BESIDES)
    raise unreadable(1, _("These columns are missing: %(names)s.") % {"names": ", ".join(wanted)})


def _missing(layout: Layout, places: Mapping[str, int], title: Mapping[str, str]) -> list[str]:
    told = {*places, *BESIDES, *(column for column in TITLED if column in title)}
    return [column for column in (*COMMON, *layout.columns) if column not in told]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(reader, start=1):
        yield number, [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    """Return a cell without blanks, and without what makes a spreadsheet take it for text."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].strip()
    return cell.removeprefix("'")


def _title(above: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what the lines before the header tell: in one cell, or in the next one."""
    told: dict[str, str] = {}
    for cells in above:
        for place, cell in enumerate(cells):
            for name, pattern in TITLE.items():
                if match := pattern.fullmatch(cell):
                    value = match[1] or (cells[place + 1] if place + 1 < len(cells) else "")
                    told.setdefault(name, value.strip())
    return {name: value for name, value in told.items() if value}


def _is_total(cells: Sequence[str], table: _Table) -> bool:
    """Return whether a line adds up others: it says so, and is of no day."""
    place = table.places["day"]
    day = cells[place] if place < len(cells) else ""
    first = next((cell for cell in cells if cell), "")
    return TOTALS.match(first) is not None and not any(each.fullmatch(day) for each in DAYS)


def _currency(number: int, value: Cells, title: Mapping[str, str]) -> str:
    told = value.get("currency") or title.get("currency", "")
    if title.get("currency", told) != told:
        raise unreadable(number, _("The line has another currency than the title of the file."))
    return told
