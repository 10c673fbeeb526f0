"""Read a bank statement as ISO 20022 camt.053.001.02 or camt.053.001.08, an adapter for each.

Entries that the bank has booked are read, those that are pending are not. An entry of several
transactions is as many lines where each of them has its amount. The balance after each line is
reckoned from the opening balance, and must end in the closing one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from django.utils.translation import gettext as _

from marketplace.trading.treasury.bank.statement_lines import (
    StatementLine,
    line_of,
    money_of,
    refuse_other_account,
    unreadable,
)

NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:(?P<message>[a-z0-9.]+)\}Document")
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
OUT, IN = "DBIT", "CRDT"
BOOKED = "BOOK"


@dataclass(frozen=True)
class Camt:
    """A version of the message: where it differs from others, paths say so."""

    message: str
    status: str
    amounts: tuple[str, ...]


CAMT = {
    each.message: each
    for each in (
        Camt("camt.053.001.02", "Sts", ("AmtDtls/TxAmt/Amt",)),
        Camt("camt.053.001.08", "Sts/Cd", ("Amt", "AmtDtls/TxAmt/Amt")),
    )
}


class _NoDocumentType(TreeBuilder):
    """Refuse a document type: by it entities would be declared."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise unreadable(1, _("An XML file with a document type is not read."))


@dataclass(frozen=True)
class _Part:
    """An entry, or one of its transactions."""

    reference: str
    amount: Decimal
    text: str


def lines_of_camt(text: str) -> Iterator[StatementLine]:
    """Read a statement; its lines are counted by entry and transaction.

    Raises:
        Invalid: with the line and a sentence (`statement-unreadable`).
    """
    root = _root(text)
    match = NAMESPACE.fullmatch(root.tag)
    camt = CAMT.get(match["message"]) if match else None
    if camt is None:
        raise unreadable(
            1,
            _("This XML is neither camt.053.001.02 nor camt.053.001.08. Ask the bank for one."),
        )
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
    number = 0
    for statement in root.iterfind("BkToCstmrStmt/Stmt"):
        for line in _lines(statement, camt, after=number):
            number = line.number
            yield line


def _root(text: str) -> Element:
    parser = XMLParser(target=_NoDocumentType(), encoding="utf-8")
    try:
        parser.feed(text.encode())
        root: Element = parser.close()
    except (ParseError, ValueError):
        raise unreadable(1, _("This is no XML that can be read. Export it again.")) from None
    return root


def _lines(statement: Element, camt: Camt, *, after: int) -> Iterator[StatementLine]:
    number = after
    account = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
    refuse_other_account(number + 1, account)
    balance = _balance(statement, OPENING)
    kept = _text(statement, "Acct/Ccy")
    for entry in statement.iterfind("Ntry"):
        if _text(entry, camt.status) != BOOKED:
            continue
        money = entry.find("Amt")
        currency = "" if money is None else money.get("Ccy", "")
        if kept and currency != kept:
            raise unreadable(
                number + 1, _("The entry has another currency than the account of the statement.")
            )
        day = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")
        for part in _parts(entry, camt, number + 1):
            if not part.amount:
                continue
            number += 1
            balance = None if balance is None else balance + part.amount
            yield line_of(
                number,
                reference=part.reference,
                day=day,
                amount=part.amount,
                currency=currency,
                balance=balance,
                text=part.text,
            )
    closing = _balance(statement, CLOSING)
    if None not in (balance, closing) and balance != closing:
        raise unreadable(
            max(number, 1),
            _("The entries do not lead from the opening balance to the closing one."),
        )


def _parts(entry: Element, camt: Camt, number: int) -> list[_Part]:
    """Return the transactions of an entry where they add up to it, else the entry as one."""
    whole = _signed(entry, entry.findtext("Amt", ""), number)
    own = _compact(_text(entry, "AcctSvcrRef"))
    transactions = entry.findall("NtryDtls/TxDtls")
    if len(transactions) > 1:
        amounts = [_amount(one, entry, camt, number) for one in transactions]
        if None not in amounts and sum(filter(None, amounts)) == whole:
            return [
                _Part(
                    _reference(one) or (f"{own}-{place}" if own else ""),
                    amount,
                    _remittance(one),
                )
                for place, (one, amount) in enumerate(zip(transactions, amounts, strict=True), 1)
                if amount is not None
            ]
    texts = [_remittance(one) for one in transactions] + [_text(entry, "AddtlNtryInf")]
    first = _reference(transactions[0]) if len(transactions) == 1 else ""
    return [_Part(own or first, whole, " ".join(texts))]


def _amount(one: Element, entry: Element, camt: Camt, number: int) -> Decimal | None:
    told = next((found for path in camt.amounts if (found := _text(one, path))), "")
    if not told:
        return None
    return _signed(one if one.find("CdtDbtInd") is not None else entry, told, number)


def _signed(of: Element, told: str, number: int) -> Decimal:
    amount, side = money_of(number, told.strip()), _text(of, "CdtDbtInd")
    if amount < 0 or side not in (OUT, IN):
        raise unreadable(number, _("The entry does not say whether money came in or went out."))
    return amount if side == IN else -amount


def _balance(statement: Element, kinds: tuple[str, ...]) -> Decimal | None:
    """Return a balance that the statement tells, of the first kind that it has."""
    told = {
        _text(each, "Tp/CdOrPrtry/Cd"): _signed(each, each.findtext("Amt", ""), 1)
        for each in reversed(statement.findall("Bal"))
    }
    return next((told[kind] for kind in kinds if kind in told), None)


def _reference(one: Element) -> str:
    """Return the bank's own number of a transaction: what the payer wrote names many."""
    return _compact(_text(one, "Refs/AcctSvcrRef") or _text(one, "Refs/TxId"))


def _remittance(one: Element) -> str:
    """Return what may bear our reference."""
    paths = ("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Ustrd", "Refs/EndToEndId", "Refs/InstrId")
    return " ".join(found.text or "" for path in paths for found in one.iterfind(path))


def _text(of: Element, path: str) -> str:
    return of.findtext(path, "").strip()


def _compact(text: str) -> str:
    return "".join(text.split())
