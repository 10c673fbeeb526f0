"""Ask the gate, and refuse."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marketplace.core import Invalid, WrongState, clock
from marketplace.trading.listings.gate.checks import POINTS, price
from marketplace.trading.listings.gate.findings import GateFinding, Question
from marketplace.trading.listings.gate.proofs import (
    Proofs,
    bound_proofs,
    lock_bound,
    lock_proofs,
    past_proofs,
)
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.states import OFF_MARKET, ListingState
from marketplace.trading.listings.past_offer.selectors import offered_at
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms


@dataclass(frozen=True)
class GatePoint:
    """A line of the gate's checklist with what was found, if anything."""

    label: str | Promise
    finding: GateFinding | None


def points_of(listing: Listing, proofs: Proofs, *, on: date) -> tuple[GatePoint, ...]:
    """Return the gate's checklist for a day, with what each line finds."""
    asked = Question(listing, proofs, on)
    return tuple(GatePoint(point.label, point.check(asked)) for point in POINTS)


def findings_of(
    listing: Listing, proofs: Proofs, *, on: date, is_bound: bool = False
) -> tuple[GateFinding, ...]:
    """Return everything that does not stand on a day; nothing when the gate is open.

    `is_bound` asks only what an order that is bound already rests on.
    """
    asked = Question(listing, proofs, on)
    found = (point.check(asked) for point in POINTS if point.binds_orders or not is_bound)
    return tuple(finding for finding in found if finding)


def refuse(found: Sequence[GateFinding]) -> None:
    """Refuse when anything was found.

    Raises:
        Invalid: with the code of the first finding, and each sentence under its own code.
    """
    if found:
        raise Invalid(
            found[0].sentence,
            code=found[0].code,
            fields={finding.code: [finding.sentence] for finding in found},
        )


def refuse_unless_on_market(listing: Listing, revision_id: UUID | None = None) -> Proofs:
    """Ask anew whether this can be ordered now; listing and proofs are share-locked.

    `revision_id` asks for what an order was placed of, from which the listing may have moved on.

    Raises:
        WrongState: the listing is not published (`listing-not-standing`), or a proof does not stand
            (its code).
    """
    return _standing(listing, revision_id, is_bound=False)


def refuse_unless_standing(listing: Listing, revision_id: UUID | None = None) -> Proofs:
    """Ask anew whether a bound order may go on; listing and proofs are share-locked.

    It goes on when its listing was withdrawn or replaced, and stops while seller or centre suspend
    it. Of what the gate suspended, the proofs themselves are asked. `revision_id` names what the
    order rests on; without it that is whatever the listing offers now.

    Raises:
        WrongState: the listing is suspended (`listing-not-standing`), or a proof does not stand
            (its code).
    """
    return _standing(listing, revision_id, is_bound=True)


def refuse_unless_priced(
    listing: Listing,
    plan: Plan,
    terms: Terms,
    *,
    revision_id: UUID | None = None,
    is_bound: bool = False,
    remedy: str = "",
) -> None:
    """Ask whether another plan and other terms keep to what the data may cost.

    `is_bound` asks for an order that is bound already, whose listing may be withdrawn. `remedy`
    says what else can be done about a price that does not.

    Raises:
        WrongState: the listing is off the market, or the price is above the ceiling (its code).
    """
    proofs = _standing(listing, revision_id, is_bound=is_bound)
    if is_bound:
        # What an order rests on leaves the ceiling out, which other terms have to keep to.
        proofs = lock_proofs(bound_proofs(listing))
    offered = copy(listing)
    offered.plan, offered.terms, offered.price = plan.as_json(), terms.as_json(), plan.price
    found = price(Question(offered, proofs, clock.today()))
    if found:
        raise WrongState(f"{found.sentence} {remedy}".strip(), code=found.code)


def check_stands(listing: Listing, revision_id: UUID | None = None) -> None:
    """Ask whether a bound order may go on, without locks; what goes on asks again with them.

    Raises:
        WrongState: as for `refuse_unless_standing`.
    """
    offered = offered_at(listing, revision_id)
    proofs = bound_proofs(offered) if offered is listing else past_proofs(offered)
    _check(offered, proofs, is_bound=True)


def _standing(listing: Listing, revision_id: UUID | None, *, is_bound: bool) -> Proofs:
    current, proofs = lock_bound(listing, revision_id, is_bound=is_bound)
    _check(current, proofs, is_bound=is_bound)
    return proofs


def _check(current: Listing, proofs: Proofs, *, is_bound: bool) -> None:
    stands = current.state == ListingState.PUBLISHED or (
        is_bound
        and (
            current.state in OFF_MARKET
            or (current.state, current.suspension) == (ListingState.SUSPENDED, Suspension.GATE)
        )
    )
    if current.state == ListingState.SUPERSEDED and not stands:
        raise WrongState(
            _("A newer listing has replaced this one. Order that one instead."),
            code="listing-not-standing",
        )
    if not stands:
        raise WrongState(
            _(
                "The listing is off the market at the moment. "
                "Wait until it is back, or ask the seller."
            ),
            code="listing-not-standing",
        )
    found = findings_of(current, proofs, on=clock.today(), is_bound=is_bound)
    if found:
        sentence = _(
            "A proof of this listing is missing or no longer valid. Nothing continues until it "
            "is replaced."
        )
        raise WrongState(f"{sentence} {found[0].sentence}", code=found[0].code)
