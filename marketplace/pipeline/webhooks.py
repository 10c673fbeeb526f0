"""What organizations are told at their webhooks: the facts that a message follows, and its content.

A content holds ids, numbers, digests and addresses of the centre: nothing of the data, and nothing
of a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.events import ArrivalHeld, ArrivalLate
from marketplace.catalog.quality.events import PromisesWeakened
from marketplace.core import visible
from marketplace.delivery.grant.events import GrantAdvanced, GrantExpired, GrantIssued, GrantRevoked
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import given_revisions, grants_visible_to, told_revisions
from marketplace.delivery.grant.states import GrantState
from marketplace.ledger.facts import Fact
from marketplace.ledger.models import Entry
from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.message.services import Announcement, announce
from marketplace.pipeline.things import PIPELINE, id_of, kind_of
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.publication.events import ListingResumed, ListingSuspended
from marketplace.trading.listings.revision.events import RevisionWentLive
from marketplace.trading.listings.revision.promises import rules_of_revision
from marketplace.trading.listings.revision.selectors import revisions_visible_to
from marketplace.trading.orders.amendment.events import (
    AmendmentDeclined,
    AmendmentExpired,
    AmendmentProposed,
    AmendmentSigned,
    AmendmentWithdrawn,
)
from marketplace.trading.orders.contract.events import ContractSigned, ContractTerminated
from marketplace.trading.orders.dispute.events import (
    DisputeAppealed,
    DisputeDecided,
    DisputeEnded,
    DisputeOpened,
    DisputeWithdrawn,
    MediationTakenOver,
    SettlementAnswered,
    SettlementProposed,
)
from marketplace.trading.orders.negotiation.events import OfferExpired, OfferMade
from marketplace.trading.orders.objection.events import (
    RemedyAccepted,
    RemedyDeclined,
    RemedyOffered,
)
from marketplace.trading.orders.order.events import (
    DeliveryObjected,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderDeclined,
    OrderDelivered,
    OrderFree,
    OrderPlaced,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.recall.events import OrderRecalled
from marketplace.trading.orders.settlement.events import (
    ChargeOpened,
    ChargeOverdue,
    ChargePaid,
    ChargePartlyPaid,
    PaymentHeld,
)
from marketplace.trading.treasury.payout.events import OrderRefunded
from marketplace.web.mail import absolute

Data = dict[str, object]


@dataclass(frozen=True)
class Told:
    """An organization that is told, and of what."""

    organization_id: UUID
    subject: str
    data: Data


@dataclass(frozen=True, kw_only=True)
class Row:
    """A kind of message. Called with an entry, it is the reaction that writes it."""

    event: Event
    facts: tuple[type[Fact], ...]
    told: Callable[[Entry], Iterable[Told]]

    @property
    def __name__(self) -> str:
        return f"announce_{self.event.name.lower()}"

    def __call__(self, entry: Entry) -> None:
        """Write the messages of an entry."""
        announce(
            announcements=[
                Announcement(
                    event=self.event.value,
                    organization_id=each.organization_id,
                    cause=f"entry:{entry.reference}",
                    subject=each.subject,
                    happened_at=entry.happened_at,
                    data=each.data,
                )
                for each in self.told(entry)
            ],
            by=PIPELINE,
        )


def _at(name: str, pk: UUID) -> str:
    return absolute(reverse(name, args=[pk]))


def _of_grant(grant: Grant, **more: object) -> Told:
    data: Data = {
        "side": "buyer",
        "grant": str(grant.pk),
        "order": str(grant.order_id),
        "listing": str(grant.listing_id),
        "page": _at("grant_detail", grant.pk),
    }
    return Told(grant.organization_id, f"grant:{grant.pk}", data | more)


def _grant(entry: Entry) -> Grant:
    return visible(grants_visible_to(PIPELINE), pk=id_of(entry.subject))


def _of_revision(grant: Grant, number: int, sha256: str) -> Told:
    """Tell which revision a grant gives, and where it and what changed are to be had."""
    before = given_revisions(grant).filter(revision__number__lt=number).first()
    since = before.revision.number if before else None
    more: Data = {
        "revision": number,
        "revision_before": since,
        "sha256": sha256,
        "revisions": _at("api_list_grant_revisions", grant.pk),
        "changelog": _at("api_get_grant_changelog", grant.pk),
        **_rules_of(grant, number),
    }
    if grant.delivery.opened_by == Opening.ROWS:
        from_there = "" if since is None else f"&since={since}"
        more["changes"] = f"{_at('api_get_grant_changes', grant.pk)}?as_of={number}{from_there}"
    elif grant.delivery.is_file:
        more["download"] = f"{_at('api_open_download', grant.pk)}?as_of={number}"
    return _of_grant(grant, **more)


def _rules_of(grant: Grant, number: int) -> Data:
    """Tell by which rules a revision went live, and in which ways they differ from before."""
    given = told_revisions(grant).get(revision__number=number)
    rules = rules_of_revision(given, given.revision)
    return {
        "rules_version": rules.number,
        "rules_sha256": rules.sha256,
        "rules_changed": list(dict.fromkeys(one.change.value for one in rules.changes)),
    }


def _ready(entry: Entry) -> Iterator[Told]:
    grant = _grant(entry)
    first = given_revisions(grant).last()
    assert first is not None, "it is made with the grant"
    yield _of_revision(grant, first.revision.number, first.sha256)


def _advanced(entry: Entry) -> Iterator[Told]:
    yield _of_revision(_grant(entry), entry.payload["number"], entry.payload["sha256"])


def _went_live(entry: Entry) -> Iterator[Told]:
    revision = visible(revisions_visible_to(PIPELINE), pk=id_of(entry.subject))
    product = revision.product
    data: Data = {
        "side": "seller",
        "product": str(product.pk),
        "dataset": str(product.dataset_id),
        "revision": revision.number,
        "sha256": revision.sha256,
        "page": _at("dataset_products", product.dataset_id),
    }
    yield Told(product.organization_id, entry.subject, data)


def _live(entry: Entry) -> Iterator[Told]:
    """Tell the seller of a revision that went live, the buyer of one that their grant gives."""
    return _advanced(entry) if entry.kind == GrantAdvanced.kind else _went_live(entry)


def _of_dataset(entry: Entry, **more: object) -> Told:
    dataset = visible(datasets_visible_to(PIPELINE), pk=id_of(entry.subject))
    data: Data = {
        "side": "seller",
        "dataset": str(dataset.pk),
        "page": _at("dataset_feed", dataset.pk),
    }
    return Told(dataset.organization_id, entry.subject, data | more)


def _late(entry: Entry) -> Iterator[Told]:
    due_on = entry.payload["due_on"]
    yield _of_dataset(entry, due_on=due_on)
    for grant in _following(entry):
        yield _of_grant(grant, due_on=due_on, revision=grant.revision.number)


def _weakened(entry: Entry) -> Iterator[Told]:
    """Tell who gets later revisions which rules hold from now on, and which did before."""
    digests = ("rules_sha256", "rules_before_sha256")
    for grant in _following(entry):
        told = {name: entry.payload[name] for name in digests}
        told["changelog"] = _at("api_get_grant_changelog", grant.pk)
        yield _of_grant(grant, **told)


def _following(entry: Entry) -> Iterator[Grant]:
    """Yield the grants that are given each later revision of a dataset."""
    grants = grants_visible_to(PIPELINE).filter(
        listing__product__dataset_id=id_of(entry.subject), state=GrantState.ACTIVE
    )
    return (grant for grant in grants if grant.order.follows)


def _held(entry: Entry) -> Iterator[Told]:
    [version] = [str(id_of(about)) for about in entry.about if kind_of(about) == "version"]
    yield _of_dataset(entry, version=version, code=entry.payload["code"])


def _grants_of_listing(entry: Entry) -> Iterator[Told]:
    grants = grants_visible_to(PIPELINE).filter(
        listing_id=id_of(entry.subject), state=GrantState.ACTIVE
    )
    return (_of_grant(grant) for grant in grants)


def _resumed(entry: Entry) -> Iterable[Told]:
    """Tell that access is back; a listing that moves on may have been suspended until then."""
    if entry.kind == ListingAdvanced.kind and not _was_suspended(entry):
        return ()
    return _grants_of_listing(entry)


def _was_suspended(entry: Entry) -> bool:
    kinds = [ListingSuspended.kind, ListingResumed.kind, ListingAdvanced.kind]
    before = Entry.objects.filter(subject=entry.subject, kind__in=kinds, pk__lt=entry.pk)
    last = before.order_by("-pk").first()
    return last is not None and last.kind == ListingSuspended.kind


def _ended(entry: Entry) -> Iterator[Told]:
    because = "expired" if entry.kind == GrantExpired.kind else "revoked"
    yield _of_grant(_grant(entry), because=because)


def _order(entry: Entry) -> Order:
    """Return the order of an entry: its subject, or what the entry is about."""
    [pk] = [id_of(one) for one in (entry.subject, *entry.about) if kind_of(one) == "order"][:1]
    return visible(orders_visible_to(PIPELINE), pk=pk)


def _of_order(entry: Entry, *told: str, **more: object) -> Iterator[Told]:
    """Tell both sides what happened to their order, with what the fact says under these names.

    Which of them a fact is not told to, `BUYERS_ALONE` says.
    """
    order = _order(entry)
    data: Data = {
        "order": str(order.pk),
        "number": order.number,
        "listing": str(order.listing_id),
        "fact": entry.kind,
        "state": order.state,
        "page": _at("order_detail", order.pk),
        **{name: entry.payload[name] for name in told if name in entry.payload},
        **more,
    }
    yield Told(order.buyer_id, entry.subject, {"side": "buyer", **data})
    if entry.kind not in BUYERS_ALONE:
        yield Told(order.listing.organization_id, entry.subject, {"side": "seller", **data})


def _of_subject(name: str) -> Callable[[Entry], Iterator[Told]]:
    """Return what tells both sides of an order, with the id of the subject under a name."""
    return lambda entry: _of_order(entry, **{name: str(id_of(entry.subject))})


def _contract(entry: Entry) -> Iterator[Told]:
    """Tell who signed, of which text, and whether all have."""
    return _of_order(entry, "contract_sha256", "is_concluded")


def _amount(entry: Entry) -> Iterator[Told]:
    return _of_order(entry, "amount", "still_open", "currency", "due_on", "reference")


def _recalled(entry: Entry) -> Iterator[Told]:
    """Tell what goes back, and until when the buyer deletes the rows."""
    return _of_order(entry, "outcome", "refunded", "owed", "currency", "deletion_due_on")


ORDERS = (
    *(OrderPlaced, OfferMade, OfferExpired, OrderAccepted, OrderDeclined, OrderCancelled),
    *(OrderFree, OrderDelivered, DeliveryObjected, OrderCompleted),
    *(RemedyOffered, RemedyAccepted, RemedyDeclined),
)
CONTRACTS = (
    *(ContractSigned, ContractTerminated, AmendmentProposed, AmendmentSigned),
    *(AmendmentDeclined, AmendmentWithdrawn, AmendmentExpired),
)
AMOUNTS = (ChargeOpened, ChargePartlyPaid, ChargePaid, PaymentHeld, ChargeOverdue, OrderRefunded)
DISPUTES = (
    *(DisputeOpened, SettlementProposed, SettlementAnswered, MediationTakenOver),
    *(DisputeDecided, DisputeAppealed, DisputeWithdrawn, DisputeEnded),
)
BUYERS_ALONE = frozenset(fact.kind for fact in (ChargeOpened, ChargePartlyPaid, ChargeOverdue))
"""Kinds of facts about what the buyer owes, which are no business of the seller's."""

ROWS = (
    Row(event=Event.DELIVERY_READY, facts=(GrantIssued,), told=_ready),
    Row(event=Event.REVISION_LIVE, facts=(GrantAdvanced, RevisionWentLive), told=_live),
    Row(event=Event.REVISION_LATE, facts=(ArrivalLate,), told=_late),
    Row(event=Event.REVISION_HELD, facts=(ArrivalHeld,), told=_held),
    Row(event=Event.RULES_WEAKENED, facts=(PromisesWeakened,), told=_weakened),
    Row(event=Event.GRANT_SUSPENDED, facts=(ListingSuspended,), told=_grants_of_listing),
    Row(event=Event.GRANT_RESUMED, facts=(ListingResumed, ListingAdvanced), told=_resumed),
    Row(event=Event.GRANT_ENDED, facts=(GrantRevoked, GrantExpired), told=_ended),
    Row(event=Event.ORDER_CHANGED, facts=ORDERS, told=_of_order),
    Row(event=Event.CONTRACT_CHANGED, facts=CONTRACTS, told=_contract),
    Row(event=Event.AMOUNT_CHANGED, facts=AMOUNTS, told=_amount),
    Row(event=Event.DISPUTE_CHANGED, facts=DISPUTES, told=_of_subject("dispute")),
    Row(event=Event.ORDER_RECALLED, facts=(OrderRecalled,), told=_recalled),
)
