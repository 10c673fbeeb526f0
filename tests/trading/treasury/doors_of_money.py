"""The acts on money, disputes about it, and their doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.trading.treasury.bank_account.services import withdraw_bank_account
from marketplace.trading.treasury.bank_match.services import decline_match
from marketplace.trading.treasury.payout.models import Disbursement
from tests.given import money
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World
from tests.trading.orders.doors_of_disputes import CASES as DISPUTES

REASON = {"reason": "The data came late.", "request_key": "one-key"}
AMOUNT = {"amount": "1000.00", **REASON}
BATCH = {"currency": "CNY", "request_key": "a-batch"}
ACCOUNT = {"number": money.NUMBERS["finance"], "bank_code": money.BANKS["finance"]}


def key_of(reach: Callable[[World], Any]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def statement(world: World) -> Things:
    """Return the statement on which the payment of a signed order stands."""
    return {"content": money.statement_of(given.signed(world))}


def statement_file(things: Things) -> dict[str, SimpleUploadedFile]:
    """Return the statement as a file."""
    return {"statement": SimpleUploadedFile("bank.csv", things["content"])}


def later_day(world: World) -> Things:
    """Close a later day."""
    money.closed(world, "2026-04-01")
    return {}


def payment_and_order(world: World) -> Things:
    """Return a payment that waits, and the amount it was meant for."""
    payment, order = money.unallocated(world), given.signed(world)
    return {"pk": payment.pk, "charges": [str(money.charge_of(order).pk)]}


def returned_payment(world: World) -> Things:
    """Return a payment that was returned, and an amount that it could have paid."""
    payment = money.unallocated(world)
    money.approved(world, money.proposed_return(world, payment))
    return {"pk": payment.pk, "charges": [str(money.charge_of(given.signed(world)).pk)]}


def withdrawn_account(world: World) -> Any:
    """Withdraw an organization's bank account."""
    return withdraw_bank_account(
        money.stated_account(world).pk, reason="It was closed.", by=world.actor("finance")
    )


def batch_line(world: World) -> Things:
    """Return a payout that the bank was handed."""
    return {"pk": money.batch(world).lines.get().pk}


def line_and_money(world: World) -> Things:
    """Return a line of the bank and the outgoing money that it likely is."""
    found = money.likely_line(world)
    return {"pk": found.pk, "disbursement": str(Disbursement.objects.get().pk)}


def declined_line(world: World) -> Things:
    """Decline it."""
    things = line_and_money(world)
    decline_match(things["pk"], disbursement=things["disbursement"], by=world.actor("treasurer"))
    return things


def confirmed_line(world: World) -> Things:
    """Confirm it."""
    match = money.confirmed_match(world)
    return {"pk": match.line_id, "disbursement": str(match.disbursement_id)}


def matched(things: Things) -> dict[str, str]:
    """Name the outgoing money that a line is or is not."""
    return {"disbursement": things["disbursement"]}


def charged(things: Things) -> dict[str, list[str]]:
    """Name the amounts that a payment is for."""
    return {"charges": things["charges"]}


CASES = [
    *DISPUTES,
    DoorCase(
        act="trading.treasury.payment.services.import_statement",
        given=statement,
        actor="treasurer",
        page=to("statement_import", statement_file),
        api=to("api_import_statement", lambda things: {"statement": things["content"].decode()}),
        fact="trading.statement_imported",
        scope="administer",
        not_allowed="officer",
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payment.services.confirm_statement",
        given=key_of(money.waiting_statement),
        actor="second_treasurer",
        page=to("statement_confirm"),
        api=to("api_confirm_statement"),
        fact="trading.statement_confirmed",
        scope="administer",
        not_allowed="treasurer",
        not_visible="buyer",
        wrong_state=key_of(money.rejected_statement),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payment.services.reject_statement",
        given=key_of(money.waiting_statement),
        actor="second_treasurer",
        page=to("statement_reject", {"reason": "Not ours."}),
        api=to("api_reject_statement", {"reason": "Not ours."}),
        fact="trading.statement_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=key_of(money.rejected_statement),
    ),
    DoorCase(
        act="trading.treasury.closing.services.propose_closing",
        given=lambda world: {},
        actor="treasurer",
        page=to("closing_propose", {"day": "2026-03-31"}),
        api=to("api_propose_closing", {"day": "2026-03-31"}),
        fact="trading.closing_proposed",
        scope="administer",
        not_allowed="finance",
        wrong_state=later_day,
        again="already",
    ),
    DoorCase(
        act="trading.treasury.closing.services.confirm_closing",
        given=key_of(money.proposed_closing),
        actor="second_treasurer",
        page=to("closing_confirm"),
        api=to("api_confirm_closing"),
        fact="trading.day_closed",
        scope="administer",
        not_allowed="treasurer",
        not_visible="buyer",
        wrong_state=key_of(money.rejected_closing),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.closing.services.reject_closing",
        given=key_of(money.proposed_closing),
        actor="second_treasurer",
        page=to("closing_reject", {"reason": "A payment is missing."}),
        api=to("api_reject_closing", {"reason": "A payment is missing."}),
        fact="trading.closing_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=key_of(money.rejected_closing),
    ),
    DoorCase(
        act="trading.treasury.allocation.services.allocate_payment",
        given=payment_and_order,
        actor="treasurer",
        page=to("payment_allocate", charged),
        api=to("api_allocate_payment", charged),
        fact="trading.payment_allocated",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=returned_payment,
        again="already",
    ),
    DoorCase(
        act="trading.orders.settlement.services.set_off_credit",
        given=key_of(money.credited),
        actor="buyer",
        page=to("credit_set_off"),
        api=to("api_set_off_credit"),
        fact="trading.credit_set_off",
        scope="trade",
        not_allowed="treasurer",
        not_visible="stranger",
        wrong_state=key_of(money.overpaid),
    ),
    DoorCase(
        act="trading.treasury.bank_account.services.state_bank_account",
        given=lambda world: {"pk": world.organization("finance").pk},
        actor="finance",
        page=to("bank_account_state", ACCOUNT),
        api=to("api_state_bank_account", ACCOUNT),
        fact="trading.bank_account_stated",
        scope="administer",
        not_allowed="stranger",
        again="already",
    ),
    DoorCase(
        act="trading.treasury.bank_account.services.vouch_bank_account",
        given=key_of(money.tried_account),
        actor="treasurer",
        page=to("bank_account_vouch"),
        api=to("api_vouch_bank_account"),
        fact="trading.bank_account_vouched",
        scope="administer",
        not_allowed="finance",
        not_visible="buyer",
        wrong_state=key_of(money.stated_account),
    ),
    DoorCase(
        act="trading.treasury.bank_account.services.prove_bank_account",
        given=key_of(money.vouched_account),
        actor="second_treasurer",
        page=to("bank_account_prove"),
        api=to("api_prove_bank_account"),
        fact="trading.bank_account_proved",
        scope="administer",
        not_allowed="treasurer",
        not_visible="buyer",
        wrong_state=key_of(money.tried_account),
    ),
    DoorCase(
        act="trading.treasury.bank_account.services.confirm_bank_account",
        given=key_of(money.proved_account),
        actor="officer",
        page=to("bank_account_confirm"),
        api=to("api_confirm_bank_account"),
        fact="trading.bank_account_confirmed",
        scope="administer",
        not_allowed="finance",
        not_visible="buyer",
        wrong_state=key_of(money.vouched_account),
    ),
    DoorCase(
        act="trading.treasury.bank_account.services.withdraw_bank_account",
        given=key_of(money.proved_account),
        actor="finance",
        page=to("bank_account_withdraw", {"reason": "It was closed."}),
        api=to("api_withdraw_bank_account", {"reason": "It was closed."}),
        fact="trading.bank_account_withdrawn",
        scope="administer",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=key_of(withdrawn_account),
    ),
    DoorCase(
        act="trading.treasury.batch.services.make_batch",
        given=key_of(money.paid_out),
        actor="treasurer",
        page=to("batch_make", BATCH),
        api=to("api_make_batch", BATCH),
        fact="trading.batch_made",
        scope="administer",
        not_allowed="reviewer",
        again="already",
    ),
    DoorCase(
        act="trading.treasury.batch.services.refuse_batch_line",
        given=batch_line,
        actor="treasurer",
        page=to("batch_line_refuse", {"reason": "Account closed."}),
        api=to("api_refuse_batch_line", {"reason": "Account closed."}),
        fact="trading.batch_line_refused",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.refused_line),
    ),
    DoorCase(
        act="trading.treasury.payout.services.propose_refund",
        given=key_of(given.paid),
        actor="treasurer",
        page=to("refund_propose", AMOUNT),
        api=to("api_propose_refund", AMOUNT),
        fact="trading.disbursement_proposed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.signed),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payout.services.propose_payout",
        given=key_of(money.seller_account),
        actor="treasurer",
        page=to("payout_propose", AMOUNT),
        api=to("api_propose_payout", AMOUNT),
        fact="trading.disbursement_proposed",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=key_of(money.held_account),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payout.services.propose_return",
        given=key_of(money.unallocated),
        actor="treasurer",
        page=to("return_propose", REASON),
        api=to("api_propose_return", REASON),
        fact="trading.disbursement_proposed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.allocated),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payout.services.approve_disbursement",
        given=key_of(money.proposed_refund),
        actor="reviewer",
        page=to("disbursement_approve"),
        api=to("api_approve_disbursement"),
        fact="trading.disbursement_approved",
        scope="administer",
        not_allowed="treasurer",
        not_visible="officer",
        wrong_state=key_of(money.rejected),
    ),
    DoorCase(
        act="trading.treasury.payout.services.reject_disbursement",
        given=key_of(money.proposed_refund),
        actor="reviewer",
        page=to("disbursement_reject", {"reason": "Not agreed."}),
        api=to("api_reject_disbursement", {"reason": "Not agreed."}),
        fact="trading.disbursement_rejected",
        scope="administer",
        not_allowed="treasurer",
        not_visible="officer",
        wrong_state=key_of(money.rejected),
    ),
    DoorCase(
        act="trading.treasury.bank_match.services.confirm_match",
        given=line_and_money,
        actor="treasurer",
        page=to("match_confirm", matched),
        api=to("api_confirm_bank_match", matched),
        fact="trading.bank_match_confirmed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=declined_line,
        again="already",
    ),
    DoorCase(
        act="trading.treasury.bank_match.services.decline_match",
        given=line_and_money,
        actor="treasurer",
        page=to("match_decline", matched),
        api=to("api_decline_bank_match", matched),
        fact="trading.bank_match_declined",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=confirmed_line,
        again="already",
    ),
    DoorCase(
        act="trading.treasury.bank_match.services.withdraw_match",
        given=key_of(money.confirmed_match),
        actor="treasurer",
        page=to("match_withdraw", {"reason": "Another payout."}),
        api=to("api_withdraw_bank_match", {"reason": "Another payout."}),
        fact="trading.bank_match_withdrawn",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.withdrawn_match),
    ),
    DoorCase(
        act="trading.treasury.reconciliation.services.propose_bank_item",
        given=key_of(money.bank_fee),
        actor="treasurer",
        page=to("bank_item_propose", {"kind": "bank_fee"}),
        api=to("api_propose_bank_item", {"kind": "bank_fee"}),
        fact="trading.bank_item_proposed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.likely_line),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.reconciliation.services.confirm_bank_item",
        given=key_of(money.proposed_item),
        actor="second_treasurer",
        page=to("bank_item_confirm"),
        api=to("api_confirm_bank_item"),
        fact="trading.bank_item_booked",
        scope="administer",
        not_allowed="treasurer",
        not_visible="officer",
        wrong_state=key_of(money.booked_item),
    ),
    DoorCase(
        act="trading.treasury.bank_item.services.reject_bank_item",
        given=key_of(money.proposed_item),
        actor="second_treasurer",
        page=to("bank_item_reject", {"reason": "It is a payout."}),
        api=to("api_reject_bank_item", {"reason": "It is a payout."}),
        fact="trading.bank_item_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.booked_item),
    ),
    DoorCase(
        act="trading.treasury.held_line.services.propose_held_line",
        given=key_of(money.held_line),
        actor="treasurer",
        page=to("held_line_propose", {"says": "same"}),
        api=to("api_propose_held_line", {"says": "same"}),
        fact="trading.held_line_proposed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.decided_line),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.held_line.services.confirm_held_line",
        given=key_of(money.said_line),
        actor="second_treasurer",
        page=to("held_line_confirm"),
        api=to("api_confirm_held_line"),
        fact="trading.held_line_confirmed",
        scope="administer",
        not_allowed="treasurer",
        not_visible="officer",
        wrong_state=key_of(money.decided_line),
    ),
    DoorCase(
        act="trading.treasury.held_line.services.reject_held_line",
        given=key_of(money.said_line),
        actor="second_treasurer",
        page=to("held_line_reject", {"reason": "The bank has one."}),
        api=to("api_reject_held_line", {"reason": "The bank has one."}),
        fact="trading.held_line_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.decided_line),
    ),
    DoorCase(
        act="trading.treasury.bank_item.services.propose_reversal",
        given=key_of(money.booked_item),
        actor="treasurer",
        page=to("reversal_propose", {"reason": "It is interest."}),
        api=to("api_propose_reversal", {"reason": "It is interest."}),
        fact="trading.bank_item_reversal_proposed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.proposed_item),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.bank_item.services.confirm_reversal",
        given=key_of(money.reversing_item),
        actor="second_treasurer",
        page=to("reversal_confirm"),
        api=to("api_confirm_reversal"),
        fact="trading.bank_item_reversed",
        scope="administer",
        not_allowed="treasurer",
        not_visible="officer",
        wrong_state=key_of(money.booked_item),
    ),
    DoorCase(
        act="trading.treasury.bank_item.services.reject_reversal",
        given=key_of(money.reversing_item),
        actor="second_treasurer",
        page=to("reversal_reject", {"reason": "It is interest."}),
        api=to("api_reject_reversal", {"reason": "It is interest."}),
        fact="trading.bank_item_reversal_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(money.reversed_item),
    ),
]
