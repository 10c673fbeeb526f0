"""A line of a bank statement as every format tells it, and the checks that all formats share."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.core import Invalid, clock
from marketplace.core.bounds import EARLIEST, OutOfBounds, decimal_of
from marketplace.trading.orders.settlement.references import reference_in

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LARGEST = Decimal("9999999999999.99")
TIME = r"(?:[ T]?\d{1,2}:?\d{2}(?::?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
DAYS = tuple(
    re.compile(written + TIME)
    for written in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})日",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
"""How a day is written: the year first, since 5/3 is in March or in May."""
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
"""An amount with a comma between thousands: where it stands for the point, it is refused."""
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{3,63}")
CURRENCIES = {"人民币": "CNY", "RMB": "CNY", "美元": "USD", "欧元": "EUR", "港币": "HKD"}
LEAST_DIGITS = 8
"""So many letters and digits name an account."""


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


def line_of(
    number: int,
    *,
    reference: str,
    day: str,
    amount: Decimal,
    currency: str,
    balance: Decimal | None,
    text: str,
) -> StatementLine:
    """Return a line of which each part was checked; what names a payer is left out."""
    if not REFERENCE.fullmatch(reference):
        if amount > 0:
            raise unreadable(
                number, _("The bank's reference is not 4 to 64 letters, digits and hyphens.")
            )
        # What the bank takes for itself often has none, and what is no reference may be a name.
        reference = ""
    return StatementLine(
        number=number,
        reference=reference,
        booked_on=day_of(number, day),
        amount=amount,
        currency=currency_of(number, currency),
        balance=balance,
        claimed_reference=reference_in(text),
    )


def each_reference_once(lines: Iterable[StatementLine]) -> Iterator[StatementLine]:
    """Refuse two lines that came in by one reference, and more lines than a file may have."""
    seen: set[str] = set()
    for line in lines:
        if line.number > MOST_LINES:
            raise unreadable(line.number, _("There are too many lines. Split the file."))
        if line.amount > 0 and line.reference in seen:
            raise unreadable(line.number, _("The bank's reference stands in an earlier line too."))
        if line.amount > 0:
            seen.add(line.reference)
        yield line


def money_of(number: int, text: str) -> Decimal:
    """Read an amount of money, with or without commas between thousands."""
    text = text.removeprefix("￥").removeprefix("¥").strip()
    try:
        if "," in text and not GROUPED.fullmatch(text):
            raise ValueError
        amount = decimal_of(text.replace(",", "").removeprefix("+"))
        if abs(amount) > LARGEST or amount != round(amount, 2):
            raise OutOfBounds
    except OutOfBounds:
        sentence = _("The amount is no sum of money with at most two places.")
        raise unreadable(number, sentence) from None
    except ValueError:
        raise unreadable(number, _("The amount is no number.")) from None
    return amount


def day_of(number: int, text: str) -> date:
    """Read a day of the past or today."""
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


def currency_of(number: int, text: str) -> str:
    """Read a currency by its three letters or its Chinese name."""
    currency = CURRENCIES.get(text.upper(), text.upper())
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise unreadable(number, _("The currency is none of three letters, such as CNY."))
    return currency


def refuse_other_account(line: int, number: str) -> None:
    """Refuse a statement of an account that is none of the centre's, as far as that is known.

    Raises:
        Invalid: it is another one (`statement-unreadable`).
    """
    told = _compact(number).rpartition("*")[2]
    ours = [_compact(text) for text in (centre_bank_account(), settings.CENTRE["PAYING_ACCOUNT"])]
    known = [each for each in ours if len(re.sub(r"\D", "", each)) >= LEAST_DIGITS]
    if told and known and not any(told in each for each in known):
        raise unreadable(
            line,
            _(
                "This is the statement of another account, which ends in %(end)s. Export the one "
                "of the centre's own account."
            )
            % {"end": told[-4:]},
        )


def _compact(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def unreadable(line: int, sentence: str) -> Invalid:
    """Return the refusal of a statement that names the line."""
    said = _("Line %(line)d: %(sentence)s Nothing was imported.") % {
        "line": line,
        "sentence": sentence,
    }
    return Invalid(said, code="statement-unreadable", fields={"statement": [said]})
