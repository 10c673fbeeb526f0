"""What waits for a person, by their roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import is_centre_finance, organizations_visible_to
from marketplace.accounts.states import OrganizationState
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.catalog.states import DatasetState
from marketplace.core.actor import Actor
from marketplace.desk.selectors.cases import queue_of
from marketplace.desk.selectors.path import Path, paths_of
from marketplace.rights.selectors import transfers_to_join, unconfirmed_remarks
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.orders.amendment.selectors import amendments_to_sign
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState

MOST = 20


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, of which, and where it is done."""

    what: str
    name: str
    url: str
    icon: str


def tasks_of(by: Actor, paths: Sequence[Path]) -> list[Task]:
    """Answer what waits for the actor, the oldest first within each kind; at most 20 a kind.

    `paths` are those of the actor's organization.
    """
    tasks: list[Task] = []
    if by.has(Role.REVIEWER):
        tasks += [
            Task(case.kind_label, case.title, case.url, "clipboard-check")
            for case in queue_of(by)[:MOST]
            if case.may_decide
        ]
        tasks += _remarks(by)
    if by.has(Role.ADMINISTRATOR):
        tasks += _organizations(by)
    if by.has(Role.OFFICER):
        tasks += [
            Task(path.current.label, path.dataset.title, path.current.url, "route")
            for path in paths
            if path.current is not None and path.dataset.state != DatasetState.IN_REVIEW
        ]
        tasks += _orders(by, "seller")
    if by.has(Role.OFFICER, Role.BUYER):
        tasks += _transfers(by)
        tasks += _amendments(by)
    if by.has(Role.BUYER):
        tasks += _orders(by, "buyer")
    if is_centre_finance(by):
        tasks += _payments(by)
    return tasks


def own_paths(by: Actor) -> list[Path]:
    """Answer the paths of the newest datasets of the actor's organization; officers' alone."""
    if by.organization_id is None or not by.has(Role.OFFICER):
        return []
    rows = (
        datasets_visible_to(by)
        .filter(organization_id=by.organization_id)
        .exclude(state=DatasetState.RETIRED)
        .order_by("-created_at")[:MOST]
    )
    return paths_of(list(rows), by=by)


def _remarks(by: Actor) -> list[Task]:
    """Answer the freezes, and their liftings, that wait for a second reviewer."""
    return [
        Task(
            _("Confirm a remark"),
            remark.certificate.dataset.title,
            reverse("certificate_detail", args=[remark.certificate_id]),
            "stamp",
        )
        for remark in unconfirmed_remarks(by)[:MOST]
    ]


def _transfers(by: Actor) -> list[Task]:
    """Answer the transfers that the actor's organization has not joined yet."""
    return [
        Task(
            _("Join a transfer"),
            claim.dataset.title,
            reverse("claim_detail", args=[claim.pk]),
            "arrow-right-left",
        )
        for claim in transfers_to_join(by)[:MOST]
    ]


def _amendments(by: Actor) -> list[Task]:
    """Answer the amendments that wait for the signature of the actor's side."""
    return [
        Task(
            _("Sign or decline an amendment"),
            amendment.contract.order.listing.title,
            reverse("amendment_detail", args=[amendment.pk]),
            "file-pen-line",
        )
        for amendment in amendments_to_sign(by)[:MOST]
    ]


def _organizations(by: Actor) -> list[Task]:
    rows: Iterable[Organization] = organizations_visible_to(by).filter(
        state=OrganizationState.PENDING
    )[:MOST]
    return [
        Task(
            _("Verify an organization"),
            row.name,
            reverse("organization_detail", args=[row.pk]),
            "building-2",
        )
        for row in rows
    ]


def _orders(by: Actor, side: str) -> list[Task]:
    """Answer the orders in which the next step is this side's."""
    mine = (
        {"listing__organization_id": by.organization_id}
        if side == "seller"
        else {"buyer_id": by.organization_id}
    )
    tasks = []
    if side == "seller":
        placed = orders_visible_to(by).filter(**mine, state=OrderState.PLACED)[:MOST]
        tasks += [_task(_("Accept or decline an order"), order) for order in placed]
    else:
        countered = orders_visible_to(by).filter(**mine, state=OrderState.COUNTERED)[:MOST]
        tasks += [_task(_("Answer an offer"), order) for order in countered]
        delivered = orders_visible_to(by).filter(
            **mine, state__in=(OrderState.DELIVERED, OrderState.OBJECTED)
        )[:MOST]
        tasks += [_task(_("Accept a delivery"), order) for order in delivered]
        paid = orders_visible_to(by).filter(**mine, state=OrderState.PAID)
        paid = paid.exclude(listing__delivery_mode=DeliveryChoice.RIGHT)[:MOST]
        tasks += [_task(_("Receive a delivery"), order) for order in paid]
    unsigned = {f"{side}_signed_at": None, "order__state": OrderState.ACCEPTED}
    contracts = (
        contracts_visible_to(by)
        .filter(**{f"order__{name}": value for name, value in mine.items()}, **unsigned)
        .select_related("order__listing")[:MOST]
    )
    tasks += [
        Task(
            _("Sign a contract"),
            contract.order.listing.title,
            reverse("contract_detail", args=[contract.pk]),
            "file-pen-line",
        )
        for contract in contracts
    ]
    return tasks


def _payments(by: Actor) -> list[Task]:
    signed = orders_visible_to(by).filter(state=OrderState.SIGNED)[:MOST]
    return [_task(_("Record a payment"), order) for order in signed]


def _task(what: str, order: Order) -> Task:
    return Task(what, order.listing.title, reverse("order_detail", args=[order.pk]), "handshake")
