"""Who is answered what at the addresses of money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.given import money
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.world import World

Reach = Callable[[World], dict[str, Any]]


def key_of(reach: Callable[[World], Any]) -> Reach:
    """Return a builder of the address's argument."""
    return lambda world: {"pk": reach(world).pk}


def invoice(world: World) -> dict[str, Any]:
    """Return the invoice of a signed order."""
    return {"pk": money.charge_of(given.signed(world)).invoices.get().pk}


ACCOUNT, PAYMENT = key_of(money.seller_account), key_of(money.unallocated)
REFUND = key_of(money.proposed_refund)
MATCH = key_of(money.confirmed_match)
PARTLY = key_of(money.partly_paid)
BATCH = key_of(money.batch)
FEE_PAPER = key_of(money.fee_paper)
BANK_ACCOUNT = key_of(money.tried_account)
STATEMENT = key_of(money.imported_statement)


def order_told_paid(world: World) -> dict[str, Any]:
    """Return the id of an order whose payment was recorded by hand."""
    payment = given.told_paid(world)
    assert payment.charge is not None
    return {"pk": payment.charge.order_id}


ROWS = [
    Access("money_desk", SIGN_IN, 200, 200, 200, is_page=True),
    *(
        Access(name, SIGN_IN, 200, 200, 200, is_page=True, as_party="treasurer")
        for name in ("account_list", "charge_list", "payment_list", "disbursement_list")
    ),
    Access("invoice_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="buyer"),
    Access("account_statement", SIGN_IN, 404, 200, 200, given=ACCOUNT, is_page=True),
    Access("account_statement_csv", SIGN_IN, 404, 200, 200, given=ACCOUNT),
    Access(
        *("payment_detail", SIGN_IN, 404, 200, 200),
        given=PAYMENT,
        is_page=True,
        as_party="treasurer",
    ),
    Access(
        *("order_payment", SIGN_IN, 404, 302, 403),
        given=order_told_paid,
        as_party="second_treasurer",
    ),
    Access(
        *("disbursement_detail", SIGN_IN, 404, 200, 200),
        given=REFUND,
        is_page=True,
        as_party="treasurer",
    ),
    Access("invoice_detail", SIGN_IN, 404, 200, 200, given=invoice, is_page=True, as_party="buyer"),
    Access(
        *("closing_detail", SIGN_IN, 404, 200, 200),
        given=key_of(money.proposed_closing),
        is_page=True,
        as_party="second_treasurer",
    ),
    Access(
        *("bank_item_detail", SIGN_IN, 404, 200, 200),
        given=key_of(money.proposed_item),
        is_page=True,
        as_party="second_treasurer",
    ),
    Access("api_list_bank_items", 401, 200, 200, 200),
    Access(
        *("api_get_bank_item", 401, 404, 200, 200),
        given=key_of(money.proposed_item),
        as_party="treasurer",
    ),
    Access(
        *("held_line_detail", SIGN_IN, 404, 200, 200),
        given=key_of(money.held_line),
        is_page=True,
        as_party="treasurer",
    ),
    Access("api_list_held_lines", 401, 200, 200, 200),
    Access(
        *("api_get_held_line", 401, 404, 200, 200),
        given=key_of(money.held_line),
        as_party="treasurer",
    ),
    Access("api_list_closing_proposals", 401, 200, 200, 200),
    Access(
        *("api_get_closing_proposal", 401, 404, 200, 200),
        given=key_of(money.proposed_closing),
        as_party="treasurer",
    ),
    Access(
        *("bank_statement", SIGN_IN, 404, 200, 200),
        given=STATEMENT,
        is_page=True,
        as_party="treasurer",
    ),
    Access("bank_statement_csv", SIGN_IN, 404, 200, 200, given=STATEMENT, as_party="treasurer"),
    Access("bank_day", SIGN_IN, 403, 200, 200, is_page=True, as_party="treasurer"),
    Access("bank_day_csv", SIGN_IN, 403, 200, 200, as_party="treasurer"),
    Access("api_list_statements", 401, 200, 200, 200),
    Access(
        *("api_get_statement_reconciliation", 401, 404, 200, 200),
        given=STATEMENT,
        as_party="treasurer",
    ),
    Access(
        *("api_get_day_reconciliation", 401, 403, 200, 200),
        given=lambda world: {"day": "2026-03-31"},
        as_party="treasurer",
    ),
    Access(
        *("match_detail", SIGN_IN, 404, 200, 200), given=MATCH, is_page=True, as_party="treasurer"
    ),
    Access("api_list_bank_matches", 401, 200, 200, 200),
    Access("bank_account_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="finance"),
    Access(
        *("bank_account_detail", SIGN_IN, 404, 200, 200),
        given=BANK_ACCOUNT,
        is_page=True,
        as_party="finance",
    ),
    Access("api_list_bank_accounts", 401, 200, 200, 200),
    Access("batch_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="treasurer"),
    Access(
        *("batch_detail", SIGN_IN, 404, 200, 200), given=BATCH, is_page=True, as_party="treasurer"
    ),
    Access("batch_xml", SIGN_IN, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("batch_csv", SIGN_IN, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("api_list_batches", 401, 200, 200, 200),
    Access("api_get_batch", 401, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("api_list_batch_lines", 401, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("api_list_closings", 401, 200, 200, 200),
    Access("api_list_accounts", 401, 200, 200, 200),
    Access("api_list_account_transfers", 401, 404, 200, 200, given=ACCOUNT),
    Access("api_list_charges", 401, 200, 200, 200),
    Access(*("invoice_xml", SIGN_IN, 404, 200, 200), given=FEE_PAPER),
    Access("api_get_fee_paper_file", 401, 404, 200, 200, given=FEE_PAPER),
    Access("api_list_invoices", 401, 200, 200, 200),
    Access("api_get_invoice", 401, 404, 200, 200, given=invoice),
    Access("api_list_payments", 401, 200, 200, 200),
    Access("api_list_disbursements", 401, 200, 200, 200),
    Access("api_get_disbursement", 401, 404, 200, 200, given=REFUND, as_party="treasurer"),
    Access("api_receive_message", 405, 405, 405, 405),
    Access(
        *("api_list_payment_allocations", 401, 404, 200, 200), given=PAYMENT, as_party="treasurer"
    ),
    Access(*("api_list_payment_choices", 401, 404, 200, 200), given=PAYMENT, as_party="treasurer"),
    Access("api_list_charge_allocations", 401, 404, 200, 200, given=PARTLY, as_party="buyer"),
]
