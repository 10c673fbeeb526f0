from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.core.errors import Instead
from marketplace.core.terms import has_passed
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.selectors import mediators_of, open_dispute_of
from marketplace.trading.orders.dispute.states import DISPUTE, UNDECIDED, DisputeState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side, sides_of
from marketplace.trading.orders.order.states import ORDER, OrderState
from marketplace.trading.orders.right_sale.sold_rights import refuse_while_right_passes
from marketplace.trading.orders.settlement.selectors import NOTHING, held_of
from marketplace.web.templatetags.market import money


def check_disputing_side(order: Order, by: Actor) -> Side:
    """Return the side that the actor disputes for.

    Raises:
        NotAllowed: it is neither.
    """
    side = checked_side(by, order)
    if side is None or by.person_id is None or by.organization_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can open a dispute."))
    return side


def check_open_dispute(order: Order, by: Actor) -> Side:
    """Return the side that disputes an order.

    Raises:
        NotAllowed: the actor acts for neither side.
        WrongState: the order was never paid, it ended, is disputed already (`dispute-running`), or
            the register passes the right that it sold (`right-passing`).
    """
    side = check_disputing_side(order, by)
    opened = open_dispute_of(order)
    if opened is not None:
        raise WrongState(
            _(
                "This order is disputed already. Go to its dispute and add a file there that says "
                "your part."
            ),
            code="dispute-running",
            instead=Instead("dispute_detail", "api_get_dispute", opened.pk, _("To the dispute")),
        )
    if not ORDER.may_move(order.state, OrderState.DISPUTED):
        raise WrongState(
            _("There is nothing to dispute: no payment is held, or the order is over.")
        )
    if order.state == OrderState.PAID:
        refuse_while_right_passes(order)
    return side


def check_show_exhibit(dispute: Dispute, by: Actor) -> UUID:
    """Return the organization that adds a file to a dispute.

    Raises:
        NotAllowed: the actor acts for neither side.
        WrongState: the dispute is decided or over.
    """
    if by.organization_id is None or checked_side(by, dispute.order) is None:
        raise NotAllowed(_("Only the two sides can add files to a dispute."))
    if dispute.state not in UNDECIDED:
        raise WrongState(_("This dispute is decided: files are added before."))
    return by.organization_id


def check_withdraw_dispute(dispute: Dispute, by: Actor) -> None:
    """Refuse to take a dispute back.

    Raises:
        NotAllowed: the actor does not act for the side that opened it.
        WrongState: it is decided or over.
    """
    if checked_side(by, dispute.order) is None or not by.acts_for(dispute.organization_id):
        raise NotAllowed(_("Only the side that opened the dispute can take it back."))
    DISPUTE.check(dispute, DisputeState.WITHDRAWN)


def check_mediator(dispute: Dispute, by: Actor) -> UUID:
    """Return the reviewer of the centre who mediates or decides, and belongs to neither side.

    Raises:
        NotAllowed: the actor is no such reviewer.
    """
    order = dispute.order
    is_side = by.belongs_to(*sides_of(order))
    if not by.has(Role.REVIEWER) or by.person_id is None or is_side:
        raise NotAllowed(_("Only a reviewer of the centre who is of neither side can do this."))
    return by.person_id


def check_propose_settlement(dispute: Dispute, by: Actor) -> UUID:
    """Return the mediator who proposes to both sides. The other reviewers are left to decide.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or of a side, or somebody else mediates.
        WrongState: a proposal waits for answers, or the dispute is decided.
    """
    person_id = check_mediator(dispute, by)
    if dispute.proposed_by_id not in (None, person_id):
        raise NotAllowed(
            _(
                "Somebody else mediates this dispute. You can decide it as a second officer, or "
                "take the mediation over where they are away."
            )
        )
    DISPUTE.check(dispute, DisputeState.PROPOSED)
    return person_id


def check_take_over_mediation(dispute: Dispute, by: Actor) -> tuple[UUID, UUID]:
    """Return who mediates from now on, and who did until now.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: nobody mediates yet (`not-mediated`), the actor does already
            (`mediates-already`), or the dispute is decided or over.
    """
    person_id = check_mediator(dispute, by)
    if dispute.state not in UNDECIDED:
        raise WrongState(_("This dispute is decided: nobody mediates any more."))
    if dispute.proposed_by_id is None:
        raise WrongState(
            _("Nobody mediates yet. Propose a settlement, and you do."), code="not-mediated"
        )
    if dispute.proposed_by_id == person_id:
        raise WrongState(_("You mediate this dispute already."), code="mediates-already")
    return person_id, dispute.proposed_by_id


def check_answer_settlement(dispute: Dispute, by: Actor) -> Side:
    """Return the side that answers a proposal. Who agreed may still say that they do not.

    Raises:
        NotAllowed: the actor acts for neither side.
        WrongState: no proposal waits for an answer.
    """
    side = checked_side(by, dispute.order)
    if side is None:
        raise NotAllowed(_("Only the two sides can answer the proposal."))
    if dispute.state != DisputeState.PROPOSED:
        raise WrongState(_("No proposal waits for an answer. Reload the page."))
    return side


def check_agree_settlement(dispute: Dispute, by: Actor) -> Side:
    """Return the side that agrees to a proposal, which gives up a part of what is held.

    Raises:
        NotAllowed: the actor acts for neither side, or what it gives up is above their limit
            (`above-limit`): then an owner agrees, or somebody whose limit suffices.
        WrongState: no proposal waits for an answer.
    """
    side = check_answer_settlement(dispute, by)
    given_up = given_up_by(dispute, side)
    if by.person_id is None or mandate_of(by.person_id).covers(given_up):
        return side
    raise NotAllowed(
        _(
            "By the proposal your organization gives up %(sum)s, which is above your limit. An "
            "owner agrees to it, or somebody of your side whose limit suffices."
        )
        % {"sum": money(given_up, dispute.order.currency)},
        code="above-limit",
    )


def given_up_by(dispute: Dispute, side: Side) -> Decimal:
    """Return what a side gives up by a proposal: the seller the refund, the buyer the rest."""
    refund = dispute.refund or NOTHING
    return refund if side == Side.SELLER else held_of(dispute.order) - refund


def has_agreed(dispute: Dispute, side: Side | None) -> bool:
    moments = {Side.BUYER: dispute.buyer_agreed_at, Side.SELLER: dispute.seller_agreed_at}
    return side is not None and moments[side] is not None


def check_decide_dispute(dispute: Dispute, by: Actor) -> UUID:
    """Return the second officer who decides: nobody divides money alone.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, is of a side, or mediates or did.
        WrongState: it is decided already, or nobody has proposed a settlement yet
            (`not-mediated`).
    """
    person_id, mediators = check_mediator(dispute, by), mediators_of(dispute)
    if dispute.state == DisputeState.OPEN and not mediators:
        raise WrongState(
            _(
                "Nobody has mediated yet. Propose a settlement; where the sides do not agree, a "
                "second officer decides."
            ),
            code="not-mediated",
        )
    sides = sides_of(dispute.order)
    if not all(is_second("dispute", mediator, by, of=sides) for mediator in mediators):
        raise NotAllowed(_("Who mediated does not decide. Ask a second officer."))
    DISPUTE.check(dispute, DisputeState.DECIDED)
    return person_id


def check_appeal_dispute(dispute: Dispute, by: Actor) -> Side:
    """Return the side that takes a decision to a court or arbitrator.

    Raises:
        NotAllowed: the actor acts for neither side.
        WrongState: it is not decided, or the time to appeal is over (`appeal-too-late`).
    """
    side = checked_side(by, dispute.order)
    if side is None:
        raise NotAllowed(_("Only the two sides can appeal."))
    if has_passed(dispute, "appeal_until"):
        raise WrongState(_("The time to appeal is over."), code="appeal-too-late")
    DISPUTE.check(dispute, DisputeState.APPEALED)
    return side


def check_record_ruling(dispute: Dispute, by: Actor) -> None:
    """Refuse to record what a court or arbitrator ruled.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: it is not before a court or arbitrator.
    """
    check_mediator(dispute, by)
    if dispute.state != DisputeState.APPEALED:
        raise WrongState(_("This dispute is not before a court or arbitrator."))


ACTS_ON_DISPUTE: Mapping[str, Rule[Dispute]] = MappingProxyType(
    {
        "show_exhibit": check_show_exhibit,
        "withdraw_dispute": check_withdraw_dispute,
        "propose_settlement": check_propose_settlement,
        "answer_settlement": check_answer_settlement,
        "take_over_mediation": check_take_over_mediation,
        "decide_dispute": check_decide_dispute,
        "appeal_dispute": check_appeal_dispute,
        "record_ruling": check_record_ruling,
    }
)


def acts_on_dispute(dispute: Dispute, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_DISPUTE, dispute, by)
