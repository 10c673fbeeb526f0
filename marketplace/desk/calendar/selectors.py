"""Read what is due for a person, and what ends or comes: one table, day by day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.accounts.models import Token
from marketplace.accounts.policies import is_centre_finance
from marketplace.accounts.roles import Role
from marketplace.accounts.token.selectors import TokenRow, token_rows, tokens_visible_to
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.states import CeilingState
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.feed.selectors import feeds_visible_to
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.selectors import intakes_visible_to
from marketplace.catalog.intake.states import IntakeState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, Scope, clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.states import GrantState
from marketplace.desk.selectors.kind import has, waiting_for
from marketplace.desk.selectors.waiting import WAITING
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import LASTING, CertificateState
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.presentation import dues_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.dispute.states import DisputeState
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import charges_visible_to
from marketplace.trading.orders.settlement.states import ChargeState
from marketplace.web.templatetags.market import money

HORIZON_DAYS = 366
MOST = 100
"""Rows of one kind that a calendar shows, those that come first."""

ONLY = [Scope.CALENDAR.value]
"""What a token may be used for that stands in an address: to read the calendar alone."""

Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Due:
    """One line of a calendar: what, of which, on which day, and whether it is the reader's to do.

    `uid` stays the same while its day changes, so that a calendar program moves it.
    """

    on: date
    what: str
    name: str
    url: str
    icon: str
    is_mine: bool
    uid: UUID


@dataclass(frozen=True)
class Dated(Generic[Thing]):
    """A kind of day that somebody should know: `day` is the path to its date or moment.

    whom: whether it concerns the person at all, by their roles; asks nothing.
    """

    what: str | Promise
    icon: str
    page: str
    whom: Callable[[Actor], bool]
    narrow: Callable[[Actor], QuerySet[Thing]]
    day: str
    name: Callable[[Thing], str]
    is_moment: bool = False
    at: Callable[[Thing], tuple[UUID, ...]] = lambda thing: (thing.pk,)

    def dues(self, by: Actor, first: date, last: date) -> Iterator[Due]:
        """Yield the days of this kind from one day to another, the earliest first."""
        if not self.whom(by):
            return
        bounds: tuple[object, object] = (first, last)
        if self.is_moment:
            bounds = (_begin_of(first), _begin_of(last + timedelta(days=1)))
        rows = self.narrow(by).filter(**{f"{self.day}__range": bounds}).order_by(self.day, "pk")
        for row in rows[:MOST]:
            address = reverse(self.page, args=self.at(row))
            yield Due(
                on=self._day_of(row),
                what=str(self.what),
                name=self.name(row),
                url=address,
                icon=self.icon,
                is_mine=False,
                uid=_uid(self.what, address, str(row.pk)),
            )

    def _day_of(self, row: Thing) -> date:
        found: Any = row
        for step in self.day.split("__"):
            found = getattr(found, step)
        return localtime(found).date() if isinstance(found, datetime) else found


def calendar_of(by: Actor) -> list[Due]:
    """Return what is due for somebody and what ends or comes within a year, the earliest first.

    What they still have to do stands in it although its day has passed.
    """
    today = clock.today()
    last = today + timedelta(days=HORIZON_DAYS)
    found = {(due.on, due.url): due for kind in DATED for due in kind.dues(by, today, last)}
    # Where a day is both somebody's to do and to be known, it is told as what is to be done.
    found |= {(due.on, due.url): due for due in _to_do(by) if due.on <= last}
    return sorted(found.values(), key=lambda due: (due.on, not due.is_mine, due.what, due.name))


def addresses_of(by: Actor) -> list[TokenRow]:
    """Return the tokens by which calendar programs read somebody's calendar now."""
    own = (row for row in token_rows(by) if row.token.person_id == by.person_id)
    return [row for row in own if row.token.scopes == ONLY and not row.has_ended]


def _to_do(by: Actor) -> Iterator[Due]:
    for task in waiting_for(by, WAITING):
        if task.due_on is not None:
            uid = _uid(task.what, task.url, "")
            yield Due(task.due_on, str(task.what), task.name, task.url, task.icon, True, uid)
    for due in dues_of(by):
        uid = _uid(due.what, due.url, "")
        yield Due(due.last_day, due.what, due.name, due.url, "scale", True, uid)


def _uid(what: str | Promise, url: str, which: str) -> UUID:
    # The words of one language, whichever the reader's is, so that it stays the same in all.
    with override("en"):
        return uuid5(NAMESPACE_URL, f"{what} {url} {which}")


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _own(rows: QuerySet[Thing], by: Actor, path: str = "organization_id") -> QuerySet[Thing]:
    return rows.filter(**{path: by.organization_id}) if by.organization_id else rows.none()


def _certificates(by: Actor) -> QuerySet[Certificate]:
    return _own(certificates_visible_to(by), by).filter(state__in=LASTING)


def _renewable(by: Actor) -> QuerySet[Certificate]:
    return _certificates(by).filter(state=CertificateState.IN_FORCE)


def _on_market(by: Actor) -> QuerySet[Listing]:
    rows = listings_of_sellers(by).select_related("appraisal", "risk_report")
    return _own(rows, by).filter(state__in=ON_MARKET)


def _ceilings(by: Actor) -> QuerySet[PriceCeiling]:
    return _own(ceilings_visible_to(by), by).filter(state=CeilingState.IN_FORCE)


def _feeds(by: Actor) -> QuerySet[Feed]:
    return _own(feeds_visible_to(by), by, "dataset__organization_id").filter(ended_at=None)


def _raw(by: Actor) -> QuerySet[DatasetVersion]:
    rows = _own(versions_visible_to(by), by, "dataset__organization_id")
    return rows.filter(raw_destroyed_at=None)


def _intakes(by: Actor) -> QuerySet[Intake]:
    rows = _own(intakes_visible_to(by), by, "dataset__organization_id")
    return rows.filter(state=IntakeState.WAITING)


def _notices(by: Actor) -> QuerySet[Claim]:
    rows = claims_visible_to(by).filter(state=ClaimState.PUBLIC_NOTICE)
    return rows if by.has(Role.REVIEWER) else _own(rows, by)


def _bought(by: Actor) -> QuerySet[Grant]:
    rows = grants_visible_to(by).filter(state=GrantState.ACTIVE)
    return _own(rows, by)


def _sold(by: Actor) -> QuerySet[Grant]:
    rows = grants_visible_to(by).filter(state=GrantState.ACTIVE)
    return _own(rows, by, "listing__organization_id")


def _appealable(by: Actor) -> QuerySet[Dispute]:
    rows = disputes_visible_to(by).filter(state=DisputeState.DECIDED)
    own = Q(order__buyer_id=by.organization_id) | Q(
        order__listing__organization_id=by.organization_id
    )
    return rows.filter(own) if by.organization_id else rows.none()


def _expected_payments(by: Actor) -> QuerySet[Charge]:
    return charges_visible_to(by).filter(state=ChargeState.OPEN)


def _owed(by: Actor) -> QuerySet[Charge]:
    return _own(charges_visible_to(by).filter(state=ChargeState.OPEN), by, "order__buyer_id")


def _tokens(by: Actor) -> QuerySet[Token]:
    rows = tokens_visible_to(by).filter(revoked_at=None)
    return rows.filter(person_id=by.person_id) if by.person_id else rows.none()


def _signed_in(by: Actor) -> bool:
    return by.person_id is not None


def _title(listing: Listing) -> str:
    return listing.title


DATED: tuple[Dated[Any], ...] = (
    Dated(
        _("A certificate ends"),
        "scale",
        "certificate_detail",
        has(Role.OFFICER, Role.BUYER),
        _certificates,
        "valid_until",
        lambda certificate: certificate.dataset.title,
    ),
    Dated(
        _("The renewal of a certificate may be asked for"),
        "scale",
        "certificate_detail",
        has(Role.OFFICER, Role.BUYER),
        _renewable,
        "renewal_from",
        lambda certificate: certificate.dataset.title,
    ),
    Dated(
        _("The valuation of an offer ends"),
        "calculator",
        "listing_detail",
        has(Role.OFFICER),
        _on_market,
        "appraisal__valid_until",
        _title,
    ),
    Dated(
        _("The risk report of an offer ends"),
        "shield-check",
        "listing_detail",
        has(Role.OFFICER),
        _on_market,
        "risk_report__valid_until",
        _title,
    ),
    Dated(
        _("An offer leaves the market"),
        "tags",
        "listing_detail",
        has(Role.OFFICER),
        _on_market,
        "on_sale_until",
        _title,
    ),
    Dated(
        _("A price ceiling ends"),
        "landmark",
        "ceiling_detail",
        has(Role.OFFICER),
        _ceilings,
        "period_until",
        lambda ceiling: ceiling.dataset.title,
    ),
    Dated(
        _("New data is expected"),
        "refresh-cw",
        "dataset_feed",
        has(Role.OFFICER),
        _feeds,
        "next_on",
        lambda feed: feed.dataset.title,
        at=lambda feed: (feed.dataset_id,),
    ),
    Dated(
        _("A file that came is dropped unless it is taken"),
        "file-clock",
        "intake_detail",
        has(Role.OFFICER),
        _intakes,
        "expires_at",
        lambda intake: intake.dataset.title,
        is_moment=True,
    ),
    Dated(
        _("Raw data is destroyed"),
        "trash-2",
        "dataset_detail",
        has(Role.OFFICER),
        _raw,
        "raw_until",
        lambda version: str(version),
        at=lambda version: (version.dataset_id,),
    ),
    Dated(
        _("A public notice ends"),
        "megaphone",
        "claim_detail",
        has(Role.OFFICER, Role.REVIEWER),
        _notices,
        "notice_until",
        lambda claim: claim.dataset.title,
    ),
    Dated(
        _("Your licence runs out"),
        "calendar-clock",
        "order_grant",
        has(Role.BUYER),
        _bought,
        "expires_at",
        lambda grant: grant.order.listing.title,
        is_moment=True,
        at=lambda grant: (grant.order_id,),
    ),
    Dated(
        _("A buyer's licence runs out"),
        "calendar-clock",
        "order_detail",
        has(Role.OFFICER),
        _sold,
        "expires_at",
        lambda grant: grant.order.listing.title,
        is_moment=True,
        at=lambda grant: (grant.order_id,),
    ),
    Dated(
        _("A decision may be appealed until"),
        "scale",
        "dispute_detail",
        has(Role.OFFICER, Role.BUYER),
        _appealable,
        "appeal_until",
        lambda dispute: dispute.order.listing.title,
    ),
    Dated(
        _("An amount is due"),
        "banknote",
        "order_detail",
        has(Role.BUYER, Role.FINANCE),
        _owed,
        "due_on",
        lambda charge: f"{charge.order.listing.title}, {money(charge.due, charge.currency)}",
        at=lambda charge: (charge.order_id,),
    ),
    Dated(
        _("A payment is due to arrive"),
        "banknote",
        "order_detail",
        is_centre_finance,
        _expected_payments,
        "due_on",
        lambda charge: f"{charge.order.listing.title}, {money(charge.due, charge.currency)}",
        at=lambda charge: (charge.order_id,),
    ),
    Dated(
        _("An API token ends"),
        "key-round",
        "account_tokens",
        _signed_in,
        _tokens,
        "expires_at",
        str,
        is_moment=True,
        at=lambda token: (),
    ),
)
"""The days that somebody should know although nothing is theirs to do by them."""
