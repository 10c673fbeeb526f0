"""A side proposes other terms for a signed contract; both sign, or it is declined."""

import hashlib
from copy import copy
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, clock, locked, visible, workdays
from marketplace.core.arguments import reason_of, refused
from marketplace.core.terms import has_passed, keep_term
from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.listings.terms.usage_policy import policy_digest
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
from marketplace.trading.orders.amendment.rules import (
    check_changes,
)
from marketplace.trading.orders.amendment.selectors import (
    amendments_in_force,
    amendments_past,
    plan_after,
    waiting_amendment,
)
from marketplace.trading.orders.amendment.states import AMENDABLE, AMENDMENT, AmendmentState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.contract.wording import (
    bound_sum,
    centre_name,
    contract_digest,
    in_each_language,
    languages_in_words,
    one_line,
    side_as_data,
    signing_as_data,
    sum_in_words,
)
from marketplace.trading.orders.negotiation.in_words import changes_of
from marketplace.trading.orders.negotiation.services import MESSAGE
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to

WHY = reason_of(Amendment)

# The text of an amendment, rendered once from what would change, and frozen.


def amended_terms(
    contract: Contract, terms: Terms, plan: Plan, *, amendment_id: UUID, number: int, previous: str
) -> dict[str, Any]:
    """Return what an amendment agrees, as data.

    `previous` is the SHA-256 of the text that was agreed last: the contract's, or that of the
    amendment before. `changes` holds each changed term, as it was and as it will be; of a
    contract from before there was such a term, it was null. `plan_change` holds the plan as it was
    and as it will be, where prices of use change.
    """
    order, new = contract.order, terms.as_json()
    old, changed_plan = order.terms, plan != order.agreed_plan
    return {
        "amendment": str(amendment_id),
        "number": number,
        "contract": str(contract.pk),
        "order": str(order.pk),
        "contract_sha256": contract.digest,
        "previous_sha256": previous,
        "seller": side_as_data(order.listing.organization),
        "buyer": side_as_data(order.buyer),
        "terms": new,
        "changes": {
            name: [old.get(name), value]
            for name, value in new.items()
            if name not in old or value != old[name]
        },
        **({"plan_change": [order.plan, plan.as_json()]} if changed_plan else {}),
        "policy_sha256": policy_digest(policy_under(order, terms)),
        **signing_as_data(bound_sum(plan, terms)),
    }


def policy_under(order: Order, terms: Terms) -> dict[str, Any]:
    """Return the ODRL policy of an order as it would be under other terms."""
    changed = copy(order)
    changed.terms = terms.as_json()
    return agreement_policy(changed)


def amendment_text(order: Order, agreed: dict[str, Any], *, language: str, on: date) -> str:
    """Write an amendment in a language, as plain text with one final line end.

    Like the contract's text it ends by naming the SHA-256 of what was agreed as data.
    """
    return in_each_language(
        language, lambda: _amendment_in_active_language(order, agreed, language=language, on=on)
    )


def _amendment_in_active_language(
    order: Order, agreed: dict[str, Any], *, language: str, on: date
) -> str:
    """Write an amendment in the language that is active."""
    _plan, plan = agreed.get("plan_change", (order.plan, order.plan))
    changes = changes_of(order.plan, order.terms, plan, agreed["terms"], order.currency)
    context = {
        "order": order,
        "number": agreed["number"],
        "contract_sha256": agreed["contract_sha256"],
        "previous_sha256": agreed["previous_sha256"],
        "title": one_line(order.listing.title),
        "seller": order.listing.organization,
        "buyer": order.buyer,
        "centre": centre_name(),
        "changes": [
            {"label": each.label, "old": one_line(each.old), "new": one_line(each.new)}
            for each in changes
        ],
        "changes_price": "plan_change" in agreed,
        "sum": sum_in_words(agreed, order.currency),
        "languages": languages_in_words(language),
        "on": on,
        "agreed_sha256": hashlib.sha256(canonical_bytes(agreed)).hexdigest(),
    }
    return render_to_string("trading/orders/amendment.txt", context)


# A side proposes other terms for a signed contract; they are declined, withdrawn, or run out.


@transaction.atomic
def propose_amendment(
    contract_id: UUID,
    *,
    terms: Terms,
    plan: Plan | None = None,
    message: Annotated[str, MESSAGE] = "",
    by: Actor,
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
    message = message.strip()
    if wrong := refused(propose_amendment, message=message):
        raise Invalid(_("Shorten your message."), fields=wrong)
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
        binds=bound(amendment),
        by=by,
    )
    return amendment


@transaction.atomic
def decline_amendment(amendment_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Amendment:
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
    amendment.reason, amendment.ended_at = WHY.given(reason), clock.now()
    amendment.save(update_fields=["state", "reason", "ended_at"])
    record(
        AmendmentDeclined(
            subject=f"amendment:{amendment.pk}", about=amendment.concerns, side=side.value
        ),
        binds=bound(amendment),
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
        binds=bound(amendment),
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
        with by_itself():
            order, amendment = locked_amendment(amendment_id, by=by)
            is_past = has_passed(amendment, "answer_due_on") or order.state not in AMENDABLE
            if amendment.state != AmendmentState.PROPOSED or not is_past:
                continue
            AMENDMENT.move(amendment, AmendmentState.EXPIRED)
            amendment.ended_at = clock.now()
            amendment.save(update_fields=["state", "ended_at"])
            record(
                AmendmentExpired(subject=f"amendment:{amendment.pk}", about=amendment.concerns),
                binds=bound(amendment),
                by=by,
            )
            expired.append(amendment_id)
    return expired


def _written(contract: Contract, terms: Terms, plan: Plan) -> Amendment:
    """Return the next amendment of a contract, with its text, not saved yet."""
    language, amendment_id = contract.language, uuid4()
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
