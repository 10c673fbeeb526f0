"""Check a year's books from a dump of plain tables, with nothing of the product.

A folder of CSV files, one a table, is all that it reads; it imports the standard library alone. Run
it by itself as `python checker.py FOLDER`: it prints what does not add up, and exits 1 if anything.
Every finding begins with the name of its check.

Centre's rates, which the contracts name, are given: by them each division is reckoned again.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

Row = dict[str, str]
CENT = Decimal("0.01")
NIL = Decimal(0)
TABLES = (
    *("books_account", "books_transfer", "orders_order", "orders_charge", "orders_allocation"),
    *("orders_invoice", "orders_setoff", "treasury_payment", "treasury_disbursement"),
    *("treasury_bankstatement", "treasury_bankline", "treasury_bankitem", "treasury_dayclosing"),
)
MAY_BE_BELOW_ZERO = ("outside", "borne", "bank_fee", "interest", "correction")
DIVIDED = ("release", "fee", "share", "tax")


@dataclass(frozen=True)
class Rates:
    """What the centre takes of each division, and how much a bank may keep."""

    fee: Decimal = Decimal("0.02")
    share: Decimal = NIL
    tax: Decimal = NIL
    kept_most: Decimal = Decimal("20.00")
    kept_share: Decimal = Decimal("0.001")


def read(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each table of a dump."""
    tables = {}
    for name in TABLES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


class Books:
    """The tables of a dump, and what of them belongs together."""

    def __init__(self, tables: dict[str, list[Row]], rates: Rates) -> None:
        self.tables, self.rates = tables, rates
        self.accounts = {row["id"]: row for row in tables["books_account"]}
        self.charges = {row["id"]: row for row in tables["orders_charge"]}
        self.payments = {row["id"]: row for row in tables["treasury_payment"]}
        self.transfers = tables["books_transfer"]
        self.by_cause = {row["cause"]: row for row in self.transfers}
        self.allocated: defaultdict[str, list[Row]] = defaultdict(list)
        self.paying: defaultdict[str, list[Row]] = defaultdict(list)
        for row in tables["orders_allocation"]:
            self.allocated[row["charge_id"]].append(row)
            self.paying[row["payment_id"]].append(row)

    def findings(self) -> list[str]:
        """Return all that does not add up, each with the name of its check."""
        return [f"{name}: {said}" for name, check in CHECKS.items() for said in check(self)]

    def caused(self, cause: str) -> Decimal:
        """Return the amount that moved for a cause; nothing where none did."""
        row = self.by_cause.get(cause)
        return amount(row) if row else NIL

    def kind(self, transfer: Row, side: str) -> str:
        """Return of which kind an account of a transfer is."""
        account = self.accounts.get(transfer[f"{side}_id"])
        return account["kind"] if account else "nowhere"


def amount(row: Row, column: str = "amount") -> Decimal:
    """Return a sum of money of a row."""
    return Decimal(row[column] or 0)


def balances(books: Books) -> Iterator[str]:
    """Say which account does not hold what moved onto and off it, or is below zero."""
    moved: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
    for row in books.transfers:
        moved[row["debit_id"]] -= amount(row)
        moved[row["credit_id"]] += amount(row)
    for key, account in books.accounts.items():
        told = Decimal(account["balance_cents"]).scaleb(-2)
        if told != moved[key]:
            yield f"{account['kind']} {key} holds {told}, and {moved[key]} moved"
        if told < 0 and account["kind"] not in MAY_BE_BELOW_ZERO:
            yield f"{account['kind']} {key} is below zero: {told}"
    for key in moved.keys() - books.accounts.keys():
        yield f"money moved on {key}, which is no account"


def payments(books: Books) -> Iterator[str]:
    """Say which payment is not booked once as it came, or not spread to the cent."""
    booked = [row for row in books.payments.values() if row["state"] in BOOKED]
    causes = {f"payment:{row['id']}" for row in booked}
    for row in booked:
        if books.caused(f"payment:{row['id']}") != amount(row):
            yield f"{row['reference']} came with {row['amount']} and is not booked so"
        spread = sum((amount(part) for part in books.paying[row["id"]]), NIL)
        spread += books.caused(f"payment:{row['id']}:credit")
        if spread != (amount(row) if row["state"] == "allocated" else 0):
            yield f"{row['reference']} came with {row['amount']}, and {spread} of it is spread"
    for row in books.transfers:
        if row["kind"] == "deposit" and row["cause"] not in causes:
            yield f"{row['amount']} were deposited without a payment ({row['cause']})"
    waits = sum((amount(row) for row in booked if row["state"] == "unallocated"), NIL)
    stands = sum(
        (
            Decimal(row["balance_cents"]).scaleb(-2)
            for row in books.accounts.values()
            if row["kind"] == "unallocated"
        ),
        NIL,
    )
    if waits != stands:
        yield f"{waits} wait to be allocated, and {stands} stand on the account"


BOOKED = ("unallocated", "allocated", "returned", "bank_own")


def allocations(books: Books) -> Iterator[str]:
    """Say which part of a payment did not move to the order whose amount it pays."""
    known = set()
    for row in books.tables["orders_allocation"]:
        known.add(f"allocation:{row['id']}")
        if not row["payment_id"]:
            continue
        moved = books.by_cause.get(f"allocation:{row['id']}")
        if moved is None or amount(moved) != amount(row):
            yield f"{row['amount']} of {row['payment_id']} did not move so"
        elif moved["belongs_to"] != books.charges[row["charge_id"]]["order_id"]:
            yield f"{row['amount']} of {row['payment_id']} moved for another order"
        elif row["came_on"] != books.payments[row["payment_id"]]["received_on"]:
            yield f"{row['amount']} of {row['payment_id']} came on another day"
    for row in books.transfers:
        is_part = row["cause"].startswith("allocation:") and row["cause"].count(":") == 1
        if is_part and row["cause"] not in known:
            yield f"{row['amount']} moved for no allocation ({row['cause']})"


def invoices(books: Books) -> Iterator[str]:
    """Say which amount is not paid as its payments are, or not invoiced as it is owed."""
    for row in books.charges.values():
        came = sum((amount(part) for part in books.allocated[row["id"]]), NIL)
        due, is_paid = amount(row) - amount(row, "set_off"), row["state"] in ("paid", "settled")
        off = sum(
            (amount(one) for one in books.tables["orders_setoff"] if one["charge_id"] == row["id"]),
            NIL,
        )
        if off != amount(row, "set_off"):
            yield f"{row['reference']} has {row['set_off']} taken off, credits are {off}"
        if came != amount(row, "paid"):
            yield f"{row['reference']} says {row['paid']} paid, and {came} came"
        if is_paid and amount(row, "paid") + amount(row, "borne") != due:
            yield f"{row['reference']} is {row['state']}, and not to the cent of {due}"
        if row["state"] == "open" and amount(row, "paid") >= due:
            yield f"{row['reference']} is open, and paid wholly"
        held = sum((books.caused(f"charge:{row['id']}:{step}") for step in ("hold", "parts")), NIL)
        if held != (amount(row, "paid") if is_paid else 0):
            yield f"{row['reference']} is {row['state']}, and {held} of it were held"
        papers = [
            one
            for one in books.tables["orders_invoice"]
            if one["charge_id"] == row["id"] and one["kind"] == "invoice"
        ]
        if [amount(one) for one in papers] != [amount(row)]:
            yield f"{row['reference']} of {row['amount']} has {len(papers)} invoices"


def bank_charges(books: Books) -> Iterator[str]:
    """Say of which amount the centre bore more than a bank may keep, or not once."""
    rates = books.rates
    for row in books.charges.values():
        borne, due = amount(row, "borne"), amount(row) - amount(row, "set_off")
        if borne > min(rates.kept_most, due * rates.kept_share):
            yield f"{borne} of {row['reference']} are more than a bank may keep"
        moved = books.caused(f"charge:{row['id']}:borne")
        if moved not in (NIL, borne):
            yield f"{moved} were borne of {row['reference']}, and {borne} kept"


def numbers(books: Books) -> Iterator[str]:
    """Say which paper is missing between two numbers, or is not what its digest says."""
    given: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in books.tables["orders_invoice"]:
        given[row["kind"], row["year"]].append(int(row["sequence"]))
        content = json.loads(row["content"])
        if digest(content) != row["digest"]:
            yield f"{row['number']} is not what its digest says"
        if Decimal(content["amount"]) != amount(row):
            yield f"{row['number']} says {content['amount']}, its row {row['amount']}"
    for (kind, year), found in given.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"the {kind} numbers of {year} have a gap: {sorted(found)}"


def credits(books: Books) -> Iterator[str]:
    """Say of which order the credit notes are not what went back and what was taken off."""
    wanted: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
    for row in books.transfers:
        if row["kind"] in ("refund", "credit") and books.kind(row, "debit") != "part":
            wanted[row["belongs_to"]] += amount(row)
    for row in books.charges.values():
        wanted[row["order_id"]] += amount(row, "set_off")
        if row["state"] == "void":
            wanted[row["order_id"]] += amount(row) - amount(row, "set_off")
        if row["state"] == "settled":
            # What a bank kept of an order that was undone is asked for no more.
            wanted[row["order_id"]] += amount(row, "borne")
            wanted[row["order_id"]] -= books.caused(f"charge:{row['id']}:borne")
            wanted[row["order_id"]] += books.caused(f"charge:{row['id']}:unborne")
    written: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
    for row in books.tables["orders_invoice"]:
        if row["kind"] == "credit":
            written[row["order_id"]] += amount(row)
    for order in wanted.keys() | written.keys():
        if wanted[order] != written[order]:
            yield f"order {order}: {wanted[order]} went back, credit notes say {written[order]}"


def fees(books: Books) -> Iterator[str]:
    """Say which fee that came or went back has no paper of the centre's own, to the cent."""
    moved: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
    for row in books.transfers:
        if row["kind"] in ("fee", "freeze"):
            moved[row["id"]] += amount(row) if books.kind(row, "credit") == "fee" else NIL
            moved[row["id"]] -= amount(row) if books.kind(row, "debit") == "fee" else NIL
    told: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
    for row in books.tables["orders_invoice"]:
        if row["kind"] in ("fee", "fee_cr"):
            sign = 1 if row["kind"] == "fee" else -1
            told[row["cause"].split(":")[1]] += sign * amount(row)
    for key in moved.keys() | told.keys():
        if moved[key] != told[key]:
            yield f"{moved[key]} moved as a fee by {key}, papers say {told[key]}"


def division(books: Books) -> Iterator[str]:
    """Say where what was held was not divided by the centre's rates, to the cent."""
    groups: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    # What was accepted before a dispute or a recall paid its fee then.
    before = {row["belongs_to"] for row in books.transfers if row["kind"] == "freeze"}
    for row in books.transfers:
        cause, _, step = row["cause"].rpartition(":")
        if row["kind"] in DIVIDED and step in DIVIDED and row["belongs_to"] not in before:
            groups[cause][step] = amount(row)
    for cause, parts in groups.items():
        whole = sum(parts.values(), NIL)
        for step in ("fee", "share", "tax"):
            wanted = (whole * getattr(books.rates, step)).quantize(CENT, rounding=ROUND_HALF_UP)
            if parts.get(step, NIL) != wanted:
                yield f"{cause}: {parts.get(step, NIL)} of {whole} went as {step}, not {wanted}"


def payouts(books: Books) -> Iterator[str]:
    """Say what went out without two people, twice, or not at all."""
    sent = Counter(
        (row["cause"].split(":")[1], row["debit_id"], amount(row))
        for row in books.transfers
        if books.kind(row, "credit") == "outside" and row["kind"] != "bank_own"
    )
    decided = {}
    for row in books.tables["treasury_disbursement"]:
        if row["state"] == "approved" and row["kind"] != "refund":
            decided[row["id"], row["account_id"], amount(row)] = row
            if row["proposed_by_id"] == row["decided_by_id"]:
                yield f"{row['amount']} were let out by who proposed it ({row['id']})"
    for key, row in decided.items():
        if sent[key] != 1:
            yield f"{row['amount']} ({row['kind']} {row['id']}) left {sent[key]} times"
    for key in sent.keys() - decided.keys():
        yield f"{key[2]} left from {key[1]} without a decision ({key[0]})"


def bank_items(books: Books) -> Iterator[str]:
    """Say which fee, interest or correction of the bank was not booked once, by two people."""
    booked = {
        f"bank_item:{row['id']}": row
        for row in books.tables["treasury_bankitem"]
        if row["booked_on"]
    }
    back = {f"{cause}:reversal": row for cause, row in booked.items() if row["reversed_on"]}
    for cause, row in back.items():
        if books.caused(cause) != abs(amount(row)):
            yield f"{row['amount']} were reversed, and {books.caused(cause)} moved back"
        if row["reversal_by_id"] == row["reversed_by_id"]:
            yield f"{row['amount']} were reversed by who proposed it ({row['id']})"
    for cause, row in booked.items():
        if books.caused(cause) != abs(amount(row)):
            yield f"{row['amount']} are the bank's own, and {books.caused(cause)} were booked"
        if row["proposed_by_id"] == row["confirmed_by_id"]:
            yield f"{row['amount']} were booked as the bank's own by who said so ({row['id']})"
    for row in books.transfers:
        if row["kind"] == "bank_own" and row["cause"] not in {**booked, **back}:
            yield f"{row['amount']} moved as the bank's own without a decision ({row['cause']})"


def held(books: Books) -> Iterator[str]:
    """Say of which order more or less is held than its state tells."""
    over = ("signed", "completed", "refunded", "terminated")
    states = {row["id"]: row["state"] for row in books.tables["orders_order"]}
    for row in books.accounts.values():
        stands = Decimal(row["balance_cents"]).scaleb(-2)
        if row["kind"] == "held" and states.get(row["held_for"], "") in over and stands:
            yield f"{stands} are held of {row['held_for']}, which is {states[row['held_for']]}"
        if row["kind"] == "part":
            charge = books.charges[row["held_for"]]
            wanted = amount(charge, "paid") if charge["state"] == "open" else NIL
            if stands != wanted:
                yield f"{stands} wait for the rest of {charge['reference']}, and {wanted} came"


def bank(books: Books) -> Iterator[str]:
    """Say what of the books the bank's confirmed statements do not tell, line by line."""
    told = {
        row["id"]
        for row in books.tables["treasury_bankstatement"]
        if row["state"] in ("confirmed", "booked")
    }
    lines: dict[tuple[str, Decimal], int] = Counter(
        (row["reference"] if amount(row) > 0 else row["claimed_reference"], amount(row))
        for row in books.tables["treasury_bankline"]
        if row["statement_id"] in told
    )
    booked = [row for row in books.payments.values() if row["state"] in BOOKED]
    for row in booked:
        if lines.get((row["reference"], amount(row)), 0) != 1:
            yield f"the bank tells of no {row['amount']} with {row['reference']}"
    moved = sum((value * count for (_reference, value), count in lines.items()), NIL)
    outside = sum(
        (
            Decimal(row["balance_cents"]).scaleb(-2)
            for row in books.accounts.values()
            if row["kind"] == "outside"
        ),
        NIL,
    )
    if moved != -outside:
        yield f"the bank has {moved}, the books {-outside}"


def closings(books: Books) -> Iterator[str]:
    """Say which closed day is not what the transfers booked by then add up to."""
    for row in books.tables["treasury_dayclosing"]:
        totals = json.loads(row["totals"])
        if digest({"day": row["day"], **totals}) != row["digest"]:
            yield f"{row['day']} is not what its digest says"
        stood: defaultdict[str, Decimal] = defaultdict(lambda: NIL)
        for one in books.transfers:
            if one["booked_on"] <= row["day"]:
                stood[one["debit_id"]] -= amount(one)
                stood[one["credit_id"]] += amount(one)
        told = {one["account"]: Decimal(one["balance"]) for one in totals["accounts"]}
        for key in stood.keys() | told.keys():
            if stood[key] != told.get(key, NIL):
                yield f"{row['day']}: {key} closed with {told.get(key)}, and {stood[key]} stood"


def digest(content: object) -> str:
    """Return the SHA-256 of canonical JSON (RFC 8785, of texts and whole numbers)."""
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


CHECKS = {
    "balances": balances,
    "payments": payments,
    "allocations": allocations,
    "invoices": invoices,
    "bank-charges": bank_charges,
    "numbers": numbers,
    "credits": credits,
    "fees": fees,
    "division": division,
    "payouts": payouts,
    "bank-items": bank_items,
    "held": held,
    "bank": bank,
    "closings": closings,
}


def findings(folder: Path, rates: Rates | None = None) -> list[str]:
    """Return what does not add up of a dump; nothing of books that reconcile."""
    return Books(read(folder), rates or Rates()).findings()


if __name__ == "__main__":
    said = findings(Path(sys.argv[1]))
    print("\n".join(said) or "The books reconcile.")
    sys.exit(1 if said else 0)
