"""A year's books reconcile, and tampered books do not: each meddling is found by its name."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from tests.given.world import World
from tests.given.year import a_year
from tests.trading.year import checker
from tests.trading.year.checker import Row, findings
from tests.trading.year.dump import dump

Meddle = Callable[[dict[str, list[Row]]], None]


def first(rows: list[Row], **wanted: str) -> Row:
    """Return the first row with these values."""
    return next(row for row in rows if all(row[key] == value for key, value in wanted.items()))


def missing_leg(tables: dict[str, list[Row]]) -> None:
    """A fee was never taken."""
    rows = tables["books_transfer"]
    rows.remove(first(rows, kind="fee"))


def doubled_payout(tables: dict[str, list[Row]]) -> None:
    """Money went out twice; the balances were made to fit."""
    rows, cents = tables["books_transfer"], tables["books_account"]
    sent = first(rows, kind="payout")
    rows.append(sent | {"id": str(uuid4()), "cause": sent["cause"] + "x"})
    moved = int(Decimal(sent["amount"]) * 100)
    for side, sign in (("debit_id", -1), ("credit_id", 1)):
        account = first(cents, id=sent[side])
        account["balance_cents"] = str(int(account["balance_cents"]) + sign * moved)


def fee_off_by_a_cent(tables: dict[str, list[Row]]) -> None:
    """The seller got a cent of the fee; the balances were made to fit."""
    rows, cents = tables["books_transfer"], tables["books_account"]
    fee = first(rows, kind="fee")
    released = first(rows, kind="release", cause=fee["cause"].replace(":fee", ":release"))
    for row, cent in ((fee, -1), (released, 1)):
        row["amount"] = str(Decimal(row["amount"]) + Decimal(cent) / 100)
        account = first(cents, id=row["credit_id"])
        account["balance_cents"] = str(int(account["balance_cents"]) + cent)


def payment_to_another_invoice(tables: dict[str, list[Row]]) -> None:
    """What one order's buyer paid counts for another order."""
    rows = [row for row in tables["orders_allocation"] if row["payment_id"]]
    one, other = rows[0], next(row for row in rows if row["charge_id"] != rows[0]["charge_id"])
    one["charge_id"], other["charge_id"] = other["charge_id"], one["charge_id"]


def missing_invoice(tables: dict[str, list[Row]]) -> None:
    """A paper was taken out."""
    rows = tables["orders_invoice"]
    rows.remove(first(rows, kind="invoice", sequence="3"))


def forged_invoice(tables: dict[str, list[Row]]) -> None:
    """A paper names another buyer."""
    row = first(tables["orders_invoice"], kind="invoice")
    row["content"] = json.dumps(json.loads(row["content"]) | {"title": "Something else"})


def missing_credit_note(tables: dict[str, list[Row]]) -> None:
    """The last credit note was taken out, so that no gap shows."""
    rows = tables["orders_invoice"]
    notes = [row for row in rows if row["kind"] == "credit"]
    rows.remove(max(notes, key=lambda row: (row["year"], int(row["sequence"]))))


def bank_keeps_more(tables: dict[str, list[Row]]) -> None:
    """More is said to have been kept by a bank than it may."""
    row = next(row for row in tables["orders_charge"] if Decimal(row["borne"]) > 0)
    row["paid"], row["borne"] = str(Decimal(row["paid"]) - 10), str(Decimal(row["borne"]) + 10)


def reopened_day(tables: dict[str, list[Row]]) -> None:
    """A payment was moved into a day that was closed already."""
    closed = min(row["day"] for row in tables["treasury_dayclosing"])
    late = next(row for row in tables["books_transfer"] if row["booked_on"] > closed)
    late["booked_on"] = closed


def invented_payment(tables: dict[str, list[Row]]) -> None:
    """A payment stands in the books, and the bank knows nothing of it."""
    rows = tables["treasury_payment"]
    one = first(rows, state="allocated")
    rows.append(one | {"id": str(uuid4()), "reference": "TX-INVENTED", "state": "returned"})


def let_out_alone(tables: dict[str, list[Row]]) -> None:
    """Who proposed a payout let it out."""
    row = first(tables["treasury_disbursement"], state="approved", kind="payout")
    row["decided_by_id"] = row["proposed_by_id"]


def booked_alone(tables: dict[str, list[Row]]) -> None:
    """Who said that a line is a fee of the bank booked it."""
    row = first(tables["treasury_bankitem"], state="booked")
    row["confirmed_by_id"] = row["proposed_by_id"]


def part_spent(tables: dict[str, list[Row]]) -> None:
    """What stands for nobody any more still waits for a rest."""
    row = first(tables["books_account"], kind="part")
    row["balance_cents"] = "100"


MEDDLED: dict[str, tuple[Meddle, str]] = {
    "a missing leg": (missing_leg, "balances"),
    "a doubled payout": (doubled_payout, "payouts"),
    "a fee off by a cent": (fee_off_by_a_cent, "division"),
    "a payment to another invoice": (payment_to_another_invoice, "allocations"),
    "a missing invoice": (missing_invoice, "numbers"),
    "a forged invoice": (forged_invoice, "numbers"),
    "a missing credit note": (missing_credit_note, "credits"),
    "a bank that keeps more": (bank_keeps_more, "bank-charges"),
    "a payment into a closed day": (reopened_day, "closings"),
    "an invented payment": (invented_payment, "bank"),
    "a payout let out alone": (let_out_alone, "payouts"),
    "a fee of the bank booked alone": (booked_alone, "bank-items"),
    "a part that was spent": (part_spent, "held"),
}
"""What somebody does to the tables, and the check that has to find it."""


def tampered(folder: Path, into: Path, meddle: Meddle) -> Path:
    """Return a copy of a dump with what somebody did to it."""
    shutil.copytree(folder, into)
    tables = checker.read(folder)
    meddle(tables)
    for name, rows in tables.items():
        with (into / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["id"])
            writer.writeheader()
            writer.writerows(rows)
    return into


def test_a_year_reconciles_and_meddling_does_not(world: World, tmp_path: Path) -> None:
    """Invoices, parts, charges, payouts, closings, credits and refunds, from plain tables."""
    a_year(world)
    folder = dump(tmp_path / "year")
    assert findings(folder) == []
    tables = checker.read(folder)
    assert all(tables[name] for name in checker.TABLES), "every table has something to check"
    for name, (meddle, check) in MEDDLED.items():
        found = findings(tampered(folder, tmp_path / name.replace(" ", "-"), meddle))
        assert check in {said.partition(":")[0] for said in found}, (name, found)


def test_the_checker_knows_nothing_of_the_product(tmp_path: Path) -> None:
    """It runs by itself, with the standard library alone."""
    for name in checker.TABLES:
        (tmp_path / f"{name}.csv").write_text("id\n", encoding="utf-8")
    script = Path(checker.__file__)
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "The books reconcile.\n")
