"""The reference page of money, drawn from the table of flows that `book()` holds to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.trading.books.models import AccountKind
from marketplace.trading.books.transfer.flows import FLOWS, Flow
from marketplace.trading.orders.contract.services.terminating import terminate_contract
from marketplace.trading.orders.dispute.services.deciding import (
    answer_settlement,
    close_due_disputes,
    record_ruling,
)
from marketplace.trading.orders.dispute.services.opening import open_dispute, withdraw_dispute
from marketplace.trading.orders.order.services.delivering import (
    accept_delivery,
    complete_silent_orders,
)
from marketplace.trading.orders.recall.services.recalling import recall_order
from marketplace.trading.orders.right_sale.services import complete_right_sale, end_right_sale
from marketplace.trading.treasury.payment.services.receiving import (
    allocate_payment,
    import_statement,
    receive_message,
)
from marketplace.trading.treasury.payment.services.recording import record_payment
from marketplace.trading.treasury.payout.services.disbursing import approve_disbursement

INCOMING = (record_payment, import_statement, receive_message)
ACCEPTING = (accept_delivery, complete_silent_orders, complete_right_sale)
ENDING = (answer_settlement, close_due_disputes, record_ruling)
PARTS = ("release", "fee", "share", "tax")
ACTS: dict[str, tuple[Callable[..., Any], ...]] = {
    "payment": INCOMING,
    "charge:allocation": (*INCOMING, allocate_payment),
    "charge:hold": (*INCOMING, allocate_payment),
    **{f"charge:release:{part}": (*INCOMING, allocate_payment) for part in PARTS},
    **{f"order:acceptance:{part}": ACCEPTING for part in PARTS},
    "termination:refund": (terminate_contract,),
    "sale:refund": (end_right_sale,),
    "recall:freeze": (recall_order,),
    **{f"recall:{part}": (recall_order,) for part in ("release", "refund")},
    "dispute:freeze": (open_dispute,),
    "dispute:again": (withdraw_dispute,),
    **{f"dispute:{part}": ENDING for part in (*PARTS, "refund")},
    "disbursement": (approve_disbursement,),
    "disbursement:refund": (approve_disbursement,),
}
"""The acts that move money for each cause."""

INTRODUCTION = """\
Double entry: a transfer is one row that names the account that pays, the account that is paid and
an amount above zero, so it balances by its shape. Rows are never changed; no balance but that of
the bank outside falls below zero; and a cause is booked once, so whatever is done twice moves money
once. The database holds to all three, and `book()` refuses a movement that is not drawn here.
"""
HELD_NOTE = """\
*Held* has an account for each order, the buyer's and the seller's one for each organization; the
others are the centre's own.
"""


def money_page(note: str) -> str:
    """Draw which account pays which, and list what each movement follows from."""
    parts = ["# Money", "", note, "", INTRODUCTION, "```mermaid", "flowchart LR"]
    parts += [f"    {_node(kind)}[{kind.label}]" for kind in AccountKind]
    parts += [
        f"    {_node(flow.debit)} -->|{flow.kind.label}| {_node(flow.credit)}" for flow in FLOWS
    ]
    parts += ["```", "", HELD_NOTE, "## Which act moves what", ""]
    parts += ["| act | says | movements |", "|---|---|---|"]
    for act, flows in _flows_of_acts().items():
        sentence = (act.__doc__ or "").partition("\n")[0]
        moved = ", ".join(dict.fromkeys(str(flow.kind.label) for flow in flows))
        parts.append(f"| `{act.__name__}` | {sentence} | {moved} |")
    parts += ["", "## What a movement follows from", ""]
    parts += ["`…` stands for the id of the thing.", ""]
    parts += ["| movement | from | to | cause |", "|---|---|---|---|"]
    for flow, causes in FLOWS.items():
        written = ", ".join(f"`{_cause(form)}`" for form in sorted(causes))
        parts.append(
            f"| {flow.kind.label} | {flow.debit.label} | {flow.credit.label} | {written} |"
        )
    return "\n".join([*parts, ""])


def _flows_of_acts() -> dict[Callable[..., Any], list[Flow]]:
    found: dict[Callable[..., Any], list[Flow]] = {}
    for flow, causes in FLOWS.items():
        for form in sorted(causes):
            for act in ACTS[form]:
                flows = found.setdefault(act, [])
                if flow not in flows:
                    flows.append(flow)
    return found


def _node(kind: AccountKind) -> str:
    return str(kind.value)


def _cause(form: str) -> str:
    thing, _, step = form.partition(":")
    return f"{thing}:…:{step}" if step else f"{thing}:…"
