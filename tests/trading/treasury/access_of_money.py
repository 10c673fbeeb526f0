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


def post(route: str, given: Reach | None = None) -> Access:
    """Return the row of an address that takes only POST, which is asked before the sign-in."""
    return Access(route, 405, 405, 405, 405, given=given)


def api_post(route: str, given: Reach | None = None) -> Access:
    """Return the row of an API act."""
    return Access(route, 401, 405, 405, 405, given=given)


def invoice(world: World) -> dict[str, Any]:
    """Return the invoice of a signed order."""
    return {"pk": money.charge_of(given.signed(world)).invoices.get().pk}


ACCOUNT, PAYMENT = key_of(money.seller_account), key_of(money.unallocated)
PAID, REFUND = key_of(given.paid), key_of(money.proposed_refund)

LINE, MATCH = key_of(money.likely_line), key_of(money.confirmed_match)
PARTLY = key_of(money.partly_paid)
BATCH = key_of(money.batch)
BATCH_LINE = key_of(lambda world: money.batch(world).lines.get())
BANK_ACCOUNT = key_of(money.tried_account)
HOUSE = key_of(lambda world: world.organization("finance"))
STATEMENT = key_of(money.imported_statement)
WAITING_STATEMENT = key_of(money.waiting_statement)

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
        *("disbursement_detail", SIGN_IN, 404, 200, 200),
        given=REFUND,
        is_page=True,
        as_party="treasurer",
    ),
    Access("invoice_detail", SIGN_IN, 404, 200, 200, given=invoice, is_page=True, as_party="buyer"),
    Access(
        *("closing_detail", SIGN_IN, 404, 200, 200),
        given=key_of(money.closed),
        is_page=True,
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
    post("match_confirm", LINE),
    post("match_decline", LINE),
    post("match_withdraw", MATCH),
    Access("api_list_bank_matches", 401, 200, 200, 200),
    api_post("api_confirm_match", LINE),
    api_post("api_decline_match", LINE),
    api_post("api_withdraw_bank_match", MATCH),
    Access("bank_account_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="finance"),
    Access(
        *("bank_account_detail", SIGN_IN, 404, 200, 200),
        given=BANK_ACCOUNT,
        is_page=True,
        as_party="finance",
    ),
    post("bank_account_state", HOUSE),
    post("bank_account_vouch", BANK_ACCOUNT),
    post("bank_account_prove", BANK_ACCOUNT),
    post("bank_account_confirm", BANK_ACCOUNT),
    post("bank_account_withdraw", BANK_ACCOUNT),
    Access("api_list_bank_accounts", 401, 200, 200, 200),
    api_post("api_state_bank_account", HOUSE),
    api_post("api_vouch_bank_account", BANK_ACCOUNT),
    api_post("api_prove_bank_account", BANK_ACCOUNT),
    api_post("api_confirm_bank_account", BANK_ACCOUNT),
    api_post("api_withdraw_bank_account", BANK_ACCOUNT),
    Access("batch_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="treasurer"),
    Access(
        *("batch_detail", SIGN_IN, 404, 200, 200), given=BATCH, is_page=True, as_party="treasurer"
    ),
    Access("batch_xml", SIGN_IN, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("batch_csv", SIGN_IN, 404, 200, 200, given=BATCH, as_party="treasurer"),
    post("batch_make"),
    post("batch_line_refuse", BATCH_LINE),
    Access("api_list_batches", 401, 200, 200, 200),
    Access("api_get_batch", 401, 404, 200, 200, given=BATCH, as_party="treasurer"),
    Access("api_list_batch_lines", 401, 404, 200, 200, given=BATCH, as_party="treasurer"),
    api_post("api_make_batch"),
    api_post("api_refuse_batch_line", BATCH_LINE),
    post("statement_import"),
    post("statement_confirm", WAITING_STATEMENT),
    post("statement_reject", WAITING_STATEMENT),
    post("day_close"),
    Access("api_list_closings", 401, 200, 200, 200),
    api_post("api_close_day"),
    post("payout_propose", ACCOUNT),
    post("refund_propose", PAID),
    post("payment_confirm", PAYMENT),
    post("payment_reject", PAYMENT),
    post("payment_allocate", PAYMENT),
    post("return_propose", PAYMENT),
    post("disbursement_approve", REFUND),
    post("disbursement_reject", REFUND),
    Access("api_list_accounts", 401, 200, 200, 200),
    Access("api_list_account_transfers", 401, 404, 200, 200, given=ACCOUNT),
    Access("api_list_charges", 401, 200, 200, 200),
    Access("api_list_invoices", 401, 200, 200, 200),
    Access("api_get_invoice", 401, 404, 200, 200, given=invoice),
    Access("api_list_payments", 401, 200, 200, 200),
    Access("api_list_disbursements", 401, 200, 200, 200),
    Access("api_get_disbursement", 401, 404, 200, 200, given=REFUND, as_party="treasurer"),
    Access("api_receive_message", 405, 405, 405, 405),
    api_post("api_import_statement"),
    api_post("api_confirm_statement", WAITING_STATEMENT),
    api_post("api_reject_statement", WAITING_STATEMENT),
    api_post("api_confirm_payment", PAYMENT),
    api_post("api_reject_payment", PAYMENT),
    api_post("api_allocate_payment", PAYMENT),
    Access(
        *("api_list_payment_allocations", 401, 404, 200, 200), given=PAYMENT, as_party="treasurer"
    ),
    Access(*("api_list_payment_choices", 401, 404, 200, 200), given=PAYMENT, as_party="treasurer"),
    Access("api_list_charge_allocations", 401, 404, 200, 200, given=PARTLY, as_party="buyer"),
    api_post("api_set_off_credit", PARTLY),
    post("credit_set_off", PARTLY),
    api_post("api_propose_payout", ACCOUNT),
    api_post("api_propose_refund", PAID),
    api_post("api_propose_return", PAYMENT),
    api_post("api_approve_disbursement", REFUND),
    api_post("api_reject_disbursement", REFUND),
]
