from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, WrongState, clock
from marketplace.core.months import months_after
from marketplace.core.terms import has_passed
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.plans import Instalments, Metered, Plan, Subscription
from marketplace.trading.listings.terms.clauses.base import InForce, OfferedAs
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.selectors import signatures_on, waiting_amendment
from marketplace.trading.orders.amendment.states import AMENDABLE, AMENDMENT, AmendmentState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side
from marketplace.trading.orders.order.states import OrderState


def check_amendable(order: Order) -> None:
    """Refuse where no signed contract is in force.

    The sale of a right is over with the register's entry, and has no terms that could change.

    Raises:
        WrongState: it is not signed, in dispute, over, or notice was given (`not-amendable`).
    """
    if order.state in AMENDABLE and order.ends_on is None and not sells_right(order.listing):
        return
    raise WrongState(
        _(
            "Only a signed contract in force is amended: not before both have signed it, not "
            "during a dispute, and not once it has ended or notice was given. The sale of a right "
            "is not amended."
        ),
        code="not-amendable",
    )


def check_amending_side(contract: Contract, by: Actor) -> Side:
    """Return the side that amends a contract in force.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`).
    """
    side = checked_side(by, contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can amend this contract."))
    check_amendable(contract.order)
    return side


def check_propose_amendment(contract: Contract, by: Actor) -> Side:
    """Return the side that proposes an amendment.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`), or another amendment waits
            (`amendment-waiting`).
    """
    side = check_amending_side(contract, by)
    if waiting_amendment(contract) is not None:
        raise WrongState(
            _("An amendment of this contract waits already. Sign, decline or withdraw it first."),
            code="amendment-waiting",
        )
    return side


def check_amendment_signer(amendment: Amendment, by: Actor) -> Side:
    """Return the side that the actor signs an amendment for.

    Raises:
        NotAllowed: it is neither.
    """
    side = checked_side(by, amendment.contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can sign this amendment."))
    return side


def refuse_signed_amendment(amendment: Amendment, side: Side) -> None:
    if has_signed_amendment(amendment, side):
        raise WrongState(
            _("Your side has signed. It holds once the other side has, too."),
            code="signed-already",
        )


def refuse_unless_amendment_waits(amendment: Amendment, side: Side) -> None:
    """Refuse where a side has nothing to sign.

    Raises:
        WrongState: it has signed (`signed-already`), the amendment does not wait for signatures or
            is past its day (`amendment-over`), or the contract is not in force (`not-amendable`).
    """
    refuse_signed_amendment(amendment, side)
    if amendment.state != AmendmentState.PROPOSED or has_passed(amendment, "answer_due_on"):
        raise WrongState(
            _("This amendment is not waiting for a signature. Reload the page."),
            code="amendment-over",
        )
    check_amendable(amendment.contract.order)


def has_signed_amendment(amendment: Amendment, side: Side) -> bool:
    return signatures_on(amendment).filter(side=side.value).exists()


def check_decline_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that declines what the other proposed.

    Raises:
        NotAllowed: the actor does not act for the other side.
        WrongState: it does not wait for signatures.
    """
    side = checked_side(by, amendment.contract.order)
    if side is None or side == amendment.side:
        raise NotAllowed(_("Only the side that it was proposed to can decline an amendment."))
    AMENDMENT.check(amendment, AmendmentState.DECLINED)
    return side


def check_withdraw_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that takes back what it proposed.

    Raises:
        NotAllowed: the actor does not act for the side that proposed it.
        WrongState: it does not wait for signatures.
    """
    side = checked_side(by, amendment.contract.order)
    if side is None or side != amendment.side:
        raise NotAllowed(_("Only the side that proposed an amendment can withdraw it."))
    AMENDMENT.check(amendment, AmendmentState.WITHDRAWN)
    return side


UNDELIVERED = (OrderState.SIGNED, OrderState.PAID)


def check_changes(order: Order, terms: Terms, plan: Plan) -> None:
    """Refuse terms and a price plan that cannot stand, change nothing, or change what stays.

    Raises:
        Invalid: by field what cannot be so; or nothing changes (`amendment-unchanged`).
    """
    now = order.agreed_terms
    fields = terms.problems() or {
        name: [sentence]
        for name, sentence in fixed_terms(order).items()
        if getattr(terms, name) != getattr(now, name)
    }
    if not fields and terms.licence_months != now.licence_months:
        fields = _term_problems(order, terms.licence_months)
    version = bought_listing(order).revision.version
    offered = OfferedAs(version=version, plan=plan, mode=order.listing.delivery)
    fields = fields or terms.unfit(offered)
    fields |= _plan_problems(order, plan)
    if fields:
        raise Invalid(_("The amendment needs corrections. See the fields."), fields=fields)
    if (terms, plan) == (now, order.agreed_plan):
        raise Invalid(
            _("These are the terms that hold already. Change something, or leave it."),
            code="amendment-unchanged",
        )


def fixed_terms(order: Order) -> dict[str, str]:
    """Return the terms that stay as they are now, each with a sentence on what to do instead."""
    return order.agreed_terms.stays(
        InForce(
            plan=order.agreed_plan,
            is_delivered=order.state not in UNDELIVERED,
            is_granted=order.state != OrderState.SIGNED,
            is_cut_when_read=order.listing.delivery.is_cut_when_read,
        )
    )


def fixed_price(order: Order) -> str:
    """Say what of the price stays, and what to do instead."""
    plan = order.agreed_plan
    if isinstance(plan, Metered):
        return _(
            "What is counted and the base fee stay: order anew for others. Other prices of use "
            "hold from the calendar month after the one in which both have signed; what was used "
            "before is billed by those of then."
        )
    if isinstance(plan, Subscription):
        return _(
            "The price stays: every period was invoiced with the signature. For another price of "
            "those to come terminate the contract, which ends with the period that is paid, and "
            "subscribe anew."
        )
    if isinstance(plan, Instalments):
        return _(
            "The price stays: all its instalments were invoiced with the signature. To give a "
            "part back ask the centre for a refund; else terminate, and order anew."
        )
    return _(
        "The price stays: it was paid, or invoiced, as a whole. To give a part back ask the centre "
        "for a refund; else terminate, and order anew."
    )


def _plan_problems(order: Order, plan: Plan) -> dict[str, list[str]]:
    """Say what cannot be: of a price only that of use to come, which no bill asks for yet."""
    now = order.agreed_plan
    if plan == now:
        return {}
    if not isinstance(now, Metered) or not isinstance(plan, Metered):
        return {"plan": [fixed_price(order)]}
    if (plan.unit, plan.base) != (now.unit, now.base):
        name = "unit" if plan.unit != now.unit else "base"
        return {name: [fixed_price(order)]}
    return plan.problems()


def _term_problems(order: Order, months: int) -> dict[str, list[str]]:
    if any(due.months > months for due in order.agreed_plan.schedule()):
        return {"licence_months": [_("The last instalment is due while the licence lasts.")]}
    if order.delivered_at is None:
        return {}
    ends = months_after(localtime(order.delivered_at).date(), months)
    if ends > clock.today():
        return {}
    sentence = _(
        "The licence would have ended on %(day)s already. To end it now, terminate the contract."
    )
    return {"licence_months": [sentence % {"day": date_format(ends)}]}
