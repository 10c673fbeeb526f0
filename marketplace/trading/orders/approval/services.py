"""Somebody asks to sign above their limit, and a second person approves or refuses."""

from typing import Annotated
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, clock, locked, visible
from marketplace.core.arguments import reason_of
from marketplace.core.versions import compare_expected
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.amendment.locks import locked_amendment
from marketplace.trading.orders.amendment.rules import check_amendment_signer
from marketplace.trading.orders.approval import rules
from marketplace.trading.orders.approval.deals import Deal, deal_of_amendment, deal_of_contract
from marketplace.trading.orders.approval.events import (
    ApprovalAsked,
    ApprovalFell,
    SigningApproved,
    SigningRefused,
)
from marketplace.trading.orders.approval.locks import lock_signatories
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.selectors import approvals_visible_to, open_approval
from marketplace.trading.orders.approval.states import APPROVAL, ApprovalState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.rules import check_signer
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.order.selectors import orders_visible_to

WHY = reason_of(SigningApproval)


@transaction.atomic
def ask_contract_approval(contract_id: UUID, *, by: Actor) -> SigningApproval:
    """Ask for the approval of a second person to sign a contract above one's limit.

    Asking again while it waits answers the same.

    Raises:
        NotFound: there is no such contract among those the actor may see.
        NotAllowed: the actor signs for neither side.
        WrongState: their side has signed, the contract does not wait for signatures, they may sign
            alone (`approval-unneeded`), or it is approved already (`approval-asked`).
    """
    seen = visible(contracts_visible_to(by), pk=contract_id)
    order = locked(orders_visible_to(by), pk=seen.order_id)
    contract = Contract.objects.get(pk=contract_id)
    compare_expected(contract)
    contract.order = order
    side = check_signer(contract, by)
    waiting = _asked_by(deal_of_contract(contract, side), by)
    return waiting or _asked(rules.check_ask_contract_approval(contract, by), by)


@transaction.atomic
def ask_amendment_approval(amendment_id: UUID, *, by: Actor) -> SigningApproval:
    """Ask for the approval of a second person to sign an amendment above one's limit.

    Asking again while it waits answers the same.

    Raises:
        NotFound, NotAllowed, WrongState: as for `ask_contract_approval`.
    """
    _order, amendment = locked_amendment(amendment_id, by=by)
    side = check_amendment_signer(amendment, by)
    waiting = _asked_by(deal_of_amendment(amendment, side), by)
    return waiting or _asked(rules.check_ask_amendment_approval(amendment, by), by)


@transaction.atomic
def approve_signing(approval_id: UUID, *, by: Actor) -> SigningApproval:
    """Approve as the second person that a text is signed for one's side.

    It is of that text alone, and it falls where the text or the sum is another, or whoever gave it
    may not sign for the sum any more.

    Raises:
        NotFound: there is no such approval among those the actor may see.
        NotAllowed: the actor is of another organization or asked themselves, or the sum is above
            their own limit (`above-limit`).
        WrongState: it is decided, or there is nothing to sign any more.
    """
    approval = _locked(approval_id, by)
    rules.check_decide_signing(approval, by)
    APPROVAL.move(approval, ApprovalState.APPROVED)
    approval.decided_by_id, approval.decided_at = by.person_id, clock.now()
    approval.save(update_fields=["state", "decided_by_id", "decided_at"])
    _record(SigningApproved, approval, by)
    return approval


@transaction.atomic
def refuse_signing(approval_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> SigningApproval:
    """Refuse as the second person that a text is signed for one's side, with a reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `approve_signing`.
        Invalid: there is no reason.
    """
    approval = _locked(approval_id, by)
    rules.check_decide_signing(approval, by)
    APPROVAL.move(approval, ApprovalState.REFUSED)
    approval.reason = WHY.given(reason)
    approval.decided_by_id, approval.decided_at = by.person_id, clock.now()
    approval.save(update_fields=["state", "reason", "decided_by_id", "decided_at"])
    _record(SigningRefused, approval, by)
    return approval


def _locked(approval_id: UUID, by: Actor) -> SigningApproval:
    """Return an approval under the lock of its order, and the actor's mandate under another."""
    seen = visible(approvals_visible_to(by), pk=approval_id)
    locked(orders_visible_to(by), pk=seen.contract.order_id)
    lock_signatories(by.person_id)
    approval = approvals_visible_to(by).get(pk=approval_id)
    compare_expected(approval)
    return approval


def _asked_by(deal: Deal, by: Actor) -> SigningApproval | None:
    """Return what the actor asked for already and still waits."""
    open_one = open_approval(deal)
    if open_one is None or open_one.state != ApprovalState.ASKED:
        return None
    is_same = by.is_person(open_one.asked_by_id) and not rules.has_fallen(open_one, deal)
    return open_one if is_same else None


def _asked(deal: Deal, by: Actor) -> SigningApproval:
    assert by.person_id is not None, "Whoever signs is a person."
    fallen = open_approval(deal)
    if fallen is not None:
        APPROVAL.move(fallen, ApprovalState.FALLEN)
        fallen.save(update_fields=["state"])
        _record(ApprovalFell, fallen, by)
    approval = SigningApproval.objects.create(
        contract=deal.contract,
        amendment=deal.amendment,
        text_id=deal.text.pk,
        digest=deal.text.digest,
        side=deal.side.value,
        sum=deal.sum,
        currency=deal.currency,
        asked_by_id=by.person_id,
    )
    record(
        ApprovalAsked(
            subject=f"signing_approval:{approval.pk}",
            about=_about(approval),
            side=approval.side,
            text_sha256=approval.digest,
            sum="" if deal.sum is None else str(deal.sum),
            currency=deal.currency,
        ),
        by=by,
    )
    return approval


def _record(
    fact: type[SigningApproved | SigningRefused | ApprovalFell],
    approval: SigningApproval,
    by: Actor,
) -> None:
    record(
        fact(
            subject=f"signing_approval:{approval.pk}",
            about=_about(approval),
            side=approval.side,
            text_sha256=approval.digest,
        ),
        by=by,
    )


def _about(approval: SigningApproval) -> tuple[str, ...]:
    """Return what an approval is about: not the contract, whose history the other side reads."""
    return (f"organization:{approval.organization_id}",)
