"""Buyers ask for data that nobody lists; sellers' officers answer; the buyer closes the request."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    clock,
    locked,
    longest_of,
    to_cents,
    visible,
)
from marketplace.core.arguments import Day, Key, Number, RequestKey, Text, refused
from marketplace.core.request_keys import key_faults
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.demand import rules
from marketplace.trading.listings.demand.events import (
    DemandAnswered,
    DemandClosed,
    DemandExpired,
    DemandPosted,
)
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.selectors import demands_past, demands_visible_to
from marketplace.trading.listings.demand.states import DEMAND, DemandState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import ListingState

LONGEST_DAYS = 366
LARGEST_BUDGET = Decimal("9999999999.99")
TITLE = Text(
    label=gettext_lazy("What you look for, in a few words"), longest=longest_of(Demand, "title")
)
WANTED = Text(
    label=gettext_lazy("The data that you need"),
    help=gettext_lazy("Fields, region, time, how often it changes, how many rows."),
    longest=longest_of(Demand, "wanted"),
    lines=6,
)
PURPOSE = Text(
    label=gettext_lazy("What you will use the data for"),
    longest=longest_of(Demand, "purpose"),
    lines=3,
)
BUDGET_FROM = Number(label=gettext_lazy("Budget from"), digits=18, places=2)
BUDGET_TO = Number(label=gettext_lazy("Budget to"), digits=18, places=2)
OPEN_UNTIL = Day(label=gettext_lazy("Open until"))
REQUEST_KEY = RequestKey(longest=longest_of(Demand, "request_key"))
LISTING = Key(label=gettext_lazy("Listing"))
MESSAGE = Text(
    label=gettext_lazy("Message to the buyer"),
    help=gettext_lazy("What you could offer, and by when."),
    longest=longest_of(DemandAnswer, "message"),
    lines=4,
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a buyer looks for. The budget's ends are optional, in the centre's currency."""

    title: Annotated[str, TITLE]
    wanted: Annotated[str, WANTED]
    purpose: Annotated[str, PURPOSE]
    budget_from: Annotated[Decimal | None, BUDGET_FROM] = None
    budget_to: Annotated[Decimal | None, BUDGET_TO] = None
    open_until: Annotated[date, OPEN_UNTIL]

    def problems(self) -> dict[str, list[str]]:
        found = refused(Wish, **vars(self))
        for name, missing in (
            ("title", _("Say in a few words what you look for.")),
            ("wanted", _("Describe the data that you need.")),
            ("purpose", _("Say what you will use the data for.")),
        ):
            if not getattr(self, name).strip():
                found[name] = [missing]
        for name in ("budget_from", "budget_to"):
            amount = getattr(self, name)
            if amount is not None and not (
                amount.is_finite() and 0 <= amount <= LARGEST_BUDGET and amount == to_cents(amount)
            ):
                found[name] = [_("Give an amount of zero or more with at most two decimal places.")]
        if (
            not found.keys() & {"budget_from", "budget_to"}
            and self.budget_from is not None
            and self.budget_to is not None
            and self.budget_from > self.budget_to
        ):
            found["budget_to"] = [_("The budget cannot end below where it begins.")]
        if not 0 <= (self.open_until - clock.today()).days <= LONGEST_DAYS:
            found["open_until"] = [_("Choose a day from today on, within a year.")]
        return found


@transaction.atomic
def post_demand(*, wish: Wish, request_key: Annotated[str, REQUEST_KEY], by: Actor) -> Demand:
    """Put a request for data on the board. The same request key again answers the same request.

    Raises:
        NotAllowed: the actor is no buyer.
        Invalid: a part is missing or cannot stand, or the key was used for another request.
    """
    person_id, buyer_id = rules.check_post_demand(by)
    fields = wish.problems()
    fields |= key_faults(request_key)
    if fields:
        raise Invalid(_("The request for data needs corrections. See the fields."), fields=fields)
    demand, is_new = Demand.objects.get_or_create(
        buyer_id=buyer_id,
        request_key=request_key,
        defaults={
            "posted_by_id": person_id,
            "title": wish.title.strip(),
            "wanted": wish.wanted.strip(),
            "purpose": wish.purpose.strip(),
            "budget_from": wish.budget_from,
            "budget_to": wish.budget_to,
            "currency": settings.CENTRE["CURRENCY"],
            "open_until": wish.open_until,
        },
    )
    if is_new:
        record(DemandPosted(subject=f"demand:{demand.pk}", about=_about(demand)), by=by)
    elif (demand.title, demand.wanted) != (wish.title.strip(), wish.wanted.strip()):
        raise Invalid(
            _("This request key was used for another request. Open the page anew."),
            code="request-key-reused",
        )
    return demand


@transaction.atomic
def answer_demand(
    demand_id: UUID,
    *,
    listing: Annotated[UUID | None, LISTING] = None,
    message: Annotated[str, MESSAGE] = "",
    by: Actor,
) -> DemandAnswer:
    """Answer a request with a listing, or with words of willingness. The same again is one answer.

    A listing answers a request once, whatever is said beside it.

    Raises:
        NotFound: there is no such request or listing among those the actor may see.
        NotAllowed: the actor is no officer of an organization other than the buyer's.
        WrongState: the request is closed or has run out.
        Invalid: there is neither listing nor message, or the listing is not one's own on the
            market.
    """
    demand = locked(demands_visible_to(by), pk=demand_id)
    person_id, seller_id = rules.check_answer_demand(demand, by)
    message = message.strip()
    fields = refused(answer_demand, message=message)
    offered: Listing | None = None
    if listing is not None:
        offered = visible(listings_visible_to(by), pk=listing)
        if not by.acts_for(offered.organization_id) or offered.state != ListingState.PUBLISHED:
            fields["listing"] = [_("Choose a listing of yours that is on the market.")]
    elif not message:
        fields["message"] = [_("Name a listing, or say what you could offer.")]
    if fields:
        raise Invalid(_("The answer needs corrections. See the fields."), fields=fields)
    said = {"message": message} if offered is None else {}
    answer, is_new = DemandAnswer.objects.get_or_create(
        demand=demand,
        seller_id=seller_id,
        listing=offered,
        **said,
        defaults={"person_id": person_id, "message": message},
    )
    if is_new:
        about = (*_about(demand), f"organization:{seller_id}")
        if listing is not None:
            about = (*about, f"listing:{listing}")
        record(
            DemandAnswered(
                subject=f"demand:{demand.pk}", about=about, has_listing=listing is not None
            ),
            by=by,
        )
    return answer


@transaction.atomic
def close_demand(demand_id: UUID, *, by: Actor) -> Demand:
    """Take a request off the board. Closing it again changes nothing.

    Raises:
        NotFound: there is no such request among those the actor may see.
        NotAllowed: the actor does not buy for the organization that asked.
        WrongState: it has run out.
    """
    demand = locked(demands_visible_to(by), pk=demand_id)
    rules.check_asked(demand, by)
    if demand.state == DemandState.CLOSED:
        return demand
    rules.check_close_demand(demand, by)
    DEMAND.move(demand, DemandState.CLOSED)
    demand.save(update_fields=["state"])
    record(DemandClosed(subject=f"demand:{demand.pk}", about=_about(demand)), by=by)
    return demand


def expire_demands(*, by: Actor) -> list[UUID]:
    """End each request whose last day has passed; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    expired = []
    for demand_id in list(demands_past(clock.today()).values_list("pk", flat=True)):
        with transaction.atomic():
            demand = locked(demands_visible_to(by), pk=demand_id)
            if demand.state == DemandState.OPEN:
                DEMAND.move(demand, DemandState.EXPIRED)
                demand.save(update_fields=["state"])
                record(DemandExpired(subject=f"demand:{demand.pk}", about=_about(demand)), by=by)
                expired.append(demand_id)
    return expired


def _about(demand: Demand) -> tuple[str, ...]:
    return (f"organization:{demand.buyer_id}",)
