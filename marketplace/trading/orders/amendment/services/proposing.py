"""A side proposes other terms for a signed contract; they are declined, withdrawn, or run out."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core import clock, workdays
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.locking import locked, visible
from marketplace.core.terms import has_passed, keep_term
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment import rules
from marketplace.trading.orders.amendment.events import (
    AmendmentDeclined,
    AmendmentExpired,
    AmendmentProposed,
    AmendmentWithdrawn,
)
from marketplace.trading.orders.amendment.fitness import refuse_unless_fit
from marketplace.trading.orders.amendment.locks import locked_amendment
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.rules import check_changes
from marketplace.trading.orders.amendment.selectors import (
    amendments_in_force,
    amendments_past,
    plan_after,
    waiting_amendment,
)
from marketplace.trading.orders.amendment.states import AMENDABLE, AMENDMENT, AmendmentState
from marketplace.trading.orders.amendment.wording import amended_terms, amendment_text
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.wording import contract_digest
from marketplace.trading.orders.order.selectors import orders_visible_to

LONGEST_TEXT = 1000


@transaction.atomic
def propose_amendment(
    contract_id: UUID, *, terms: Terms, plan: Plan | None = None, message: str = "", by: Actor
) -> Amendment:
    """Propose other terms for a signed contract, as a text that both sides then sign or not.

    `plan` has other prices of use, which hold from the month after both have signed; without it
    they stay, as every amount stays that is invoiced. Proposing the same again, while it waits,
    answers the same amendment.

    Raises:
        NotFound: there is no such contract among those the actor may see.
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`), another amendment waits
            (`amendment-waiting`), a proof of the listing does not stand, or the price is above
            the ceiling (their codes).
        Invalid: nothing changes (`amendment-unchanged`), or the terms or the plan cannot be so.
    """
    seen = visible(contracts_visible_to(by), pk=contract_id)
    # The order's lock also keeps two amendments of its contract apart.
    order = locked(orders_visible_to(by), pk=seen.order_id)
    contract = Contract.objects.get(pk=contract_id)
    contract.order = order
    side = rules.check_amending_side(contract, by)
    waiting, plan = waiting_amendment(contract), plan or order.agreed_plan
    if waiting is not None:
        asked = (side.value, terms.as_json(), plan)
        if (waiting.side, waiting.terms, plan_after(waiting)) == asked:
            return waiting
    rules.check_propose_amendment(contract, by)
    assert by.person_id is not None
    check_changes(order, terms, plan)
    message = _short(message, field="message")
    refuse_unless_fit(order, terms, plan, is_proposed=False)
    amendment = _written(contract, terms, plan)
    amendment.side, amendment.person_id, amendment.message = side.value, by.person_id, message
    days = int(settings.CENTRE["OFFER_WORKING_DAYS"])
    keep_term(amendment, "answer_due_on", workdays.calendar().term(clock.today(), days))
    amendment.save(force_insert=True)
    record(
        AmendmentProposed(
            subject=f"amendment:{amendment.pk}",
            about=amendment.concerns,
            side=side.value,
            number=amendment.number,
            contract_sha256=contract.digest,
            amendment_sha256=amendment.digest,
        ),
        by=by,
    )
    return amendment


@transaction.atomic
def decline_amendment(amendment_id: UUID, *, reason: str, by: Actor) -> Amendment:
    """Decline what the other side proposed, with a reason. The contract stays as it is.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
        NotAllowed: the actor does not act for the other side.
        WrongState: it does not wait for signatures.
        Invalid: there is no reason.
    """
    _order, amendment = locked_amendment(amendment_id, by=by)
    side = rules.check_decline_amendment(amendment, by)
    AMENDMENT.move(amendment, AmendmentState.DECLINED)
    reason = _short(reason, field="reason")
    if not reason:
        sentence = _("Tell the other side why you decline.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    amendment.reason, amendment.ended_at = reason, clock.now()
    amendment.save(update_fields=["state", "reason", "ended_at"])
    record(
        AmendmentDeclined(
            subject=f"amendment:{amendment.pk}", about=amendment.concerns, side=side.value
        ),
        by=by,
    )
    return amendment


@transaction.atomic
def withdraw_amendment(amendment_id: UUID, *, by: Actor) -> Amendment:
    """Take back what one's side proposed, as long as not both have signed.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
        NotAllowed: the actor does not act for the side that proposed it.
        WrongState: it does not wait for signatures.
    """
    _order, amendment = locked_amendment(amendment_id, by=by)
    side = rules.check_withdraw_amendment(amendment, by)
    AMENDMENT.move(amendment, AmendmentState.WITHDRAWN)
    amendment.ended_at = clock.now()
    amendment.save(update_fields=["state", "ended_at"])
    record(
        AmendmentWithdrawn(
            subject=f"amendment:{amendment.pk}", about=amendment.concerns, side=side.value
        ),
        by=by,
    )
    return amendment


def expire_amendments(*, by: Actor) -> list[UUID]:
    """End each amendment that not both signed in time, or whose contract ended; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    expired = []
    for amendment_id in list(amendments_past(clock.today()).values_list("pk", flat=True)):
        with transaction.atomic():
            order, amendment = locked_amendment(amendment_id, by=by)
            is_past = has_passed(amendment, "answer_due_on") or order.state not in AMENDABLE
            if amendment.state != AmendmentState.PROPOSED or not is_past:
                continue
            AMENDMENT.move(amendment, AmendmentState.EXPIRED)
            amendment.ended_at = clock.now()
            amendment.save(update_fields=["state", "ended_at"])
            record(
                AmendmentExpired(subject=f"amendment:{amendment.pk}", about=amendment.concerns),
                by=by,
            )
            expired.append(amendment_id)
    return expired


def _written(contract: Contract, terms: Terms, plan: Plan) -> Amendment:
    """Return the next amendment of a contract, with its text, not saved yet."""
    language, amendment_id = get_language() or "en", uuid4()
    last = amendments_in_force(contract).last()
    agreed = amended_terms(
        contract,
        terms,
        plan,
        amendment_id=amendment_id,
        number=last.number + 1 if last else 1,
        previous=last.digest if last else contract.digest,
    )
    text = amendment_text(contract.order, agreed, language=language, on=clock.today())
    return Amendment(
        pk=amendment_id,
        contract=contract,
        number=agreed["number"],
        terms=agreed["terms"],
        language=language,
        text=text,
        agreed=agreed,
        digest=contract_digest(text),
    )


def _short(text: str, *, field: str) -> str:
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        sentence = _("Use at most %(most)d characters.") % {"most": LONGEST_TEXT}
        raise Invalid(sentence, fields={field: [sentence]})
    return text
