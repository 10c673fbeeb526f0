"""A trade over HTTP that is killed on its way, and what must be true of it in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid4

from marketplace.delivery.grant.models import Download, Grant
from marketplace.ledger.models import Entry, Seal
from marketplace.notices.models import Notice
from marketplace.pipeline.models import Cursor, SetAside
from marketplace.trading.books.models import Transfer
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from tests.campaigns.client import LOST, Ask, Told
from tests.campaigns.serving import Site, passkey_of
from tests.campaigns.waiting import answered, until

Found = TypeVar("Found")
ONCE = (
    *("trading.order_placed", "trading.order_accepted", "trading.payment_held"),
    *("trading.order_delivered", "trading.order_completed", "delivery.grant_issued"),
)


@dataclass
class Trade:
    """A trade over HTTP, each of whose requests dies at each point before it is answered.

    Where there is a `chance`, it draws one of the points for each request.
    """

    site: Site
    listing: UUID
    points: tuple[str, ...]
    kills: int = 0
    order: UUID | None = None
    acknowledged: list[str] = field(default_factory=list)
    chance: Random | None = None

    @property
    def deaths(self) -> tuple[str, ...]:
        """The points at which the next request dies, one try after the other."""
        return (self.chance.choice(self.points),) if self.chance else self.points

    def run(self) -> None:
        """Order, accept, sign, pay, download, accept."""
        self.order_is_signed()
        self.pay()
        self.download()
        self.act("buyer", f"orders/{self.order}/accept-delivery/")

    def order_is_signed(self) -> None:
        """Order, accept and sign."""
        order = self.act(
            "buyer",
            f"market/{self.listing}/place-order/",
            purpose="Pricing.",
            request_key=str(uuid4()),
        )
        self.order = UUID(order["id"])
        contract = self.act("officer", f"orders/{self.order}/accept/")["contract"]
        digest = self.ask(
            Ask(f"/api/v1/contracts/{contract}/", "GET", token=self.site.tokens["buyer"])
        ).body["digest"]
        signed = self.read(lambda: Contract.objects.get(pk=contract))
        for side in ("officer", "buyer"):
            assertion = passkey_of(side).over(signed, "buyer" if side == "buyer" else "seller")
            self.act(
                side, f"contracts/{contract}/sign/", digest=digest, assertion=asdict(assertion)
            )

    def pay(self) -> None:
        """Let the centre record the payment, and a second finance officer confirm it."""
        told = self.act(
            "treasurer", f"orders/{self.order}/record-payment/", reference=f"B-{uuid4().hex[:20]}"
        )
        self.act("second_treasurer", f"payments/{told['id']}/confirm/")

    def act(self, person: str, path: str, **data: Any) -> dict[str, str]:
        """Call an act under one key: it dies at every point, and then is asked for in earnest."""
        key = str(uuid4())
        for point in self.deaths:
            lost = self.site.call(person, path, key, point, **data)
            # Once it is kept, the repeated request changes nothing and meets fewer points.
            assert lost.status in (LOST, 200, 201), (point, lost)
            self.kills += lost.status == LOST
        token = self.site.tokens[person]
        told = self.ask(Ask(f"/api/v1/{path}", data=data, token=token, key=key))
        assert told.status in (200, 201), (path, told)
        self.acknowledged.append(path)
        body: dict[str, str] = told.body
        return body

    def ask(self, request: Ask) -> Told:
        """Send a request, again until somebody answers."""
        return answered(lambda: self.site.ask(request))

    def read(self, look: Callable[[], Found]) -> Found:
        """Look into the database itself."""
        return look()

    def download(self) -> None:
        """Wait for access, and read the data."""
        assert self.order is not None
        grants = Grant.objects.filter(order_id=self.order)
        until(lambda: self.read(grants.exists))
        grant = self.read(grants.get)
        path, token = f"/api/v1/grants/{grant.pk}/download/", self.site.tokens["buyer"]
        for point in self.deaths:
            self.kills += self.site.ask(Ask(path, "GET", token=token, kill=point)).status == LOST
        told = self.ask(Ask(path, "GET", token=token))
        assert told.status == 200
        assert int(told.headers["Content-Length"]) == grant.size


def settled() -> bool:
    """Return whether every entry is sealed and reacted to."""
    cursor = Cursor.objects.filter(pk=1).first()
    sealed = Seal.objects.count()
    return (
        sealed == Entry.objects.count() and cursor is not None and cursor.leaf_index + 1 == sealed
    )


def check_nothing_lost_or_doubled(trades: list[Trade]) -> None:
    """Each fact once, the money once, a notice of each thing once a person."""
    until(settled)
    for trade in trades:
        assert trade.order is not None
        order = Order.objects.get(pk=trade.order)
        about = {f"order:{order.pk}", f"grant:{Grant.objects.get(order=order).pk}"}
        kinds = list(
            Entry.objects.filter(subject__in=about, kind__in=ONCE).values_list("kind", flat=True)
        )
        assert sorted(kinds) == sorted(ONCE)
        contract = Contract.objects.get(order=order)
        signed = Entry.objects.filter(kind="trading.contract_signed")
        assert signed.filter(subject=f"contract:{contract.pk}").count() == 2
        assert order.state == "completed"
        check_money(order)
        told = list(
            Notice.objects.filter(subject__in=about).values_list("person_id", "kind", "subject")
        )
        assert len(told) == len(set(told))
    assert Order.objects.count() == len(trades)
    assert not SetAside.objects.exclude(error_code__startswith="broker").exists()
    assert Download.objects.count() >= len(trades)


def check_money(order: Order) -> None:
    """Held once, released once, and nothing is left of what was held."""
    moved = list(Transfer.objects.filter(belongs_to=order.pk).select_related("debit", "credit"))
    kinds = [transfer.kind for transfer in moved]
    assert len(kinds) == len(set(kinds)), kinds
    assert {"hold", "release"} <= set(kinds)
    came = sum(each.amount for each in moved if each.credit.kind == "held")
    assert came == order.price
    assert came == sum(each.amount for each in moved if each.debit.kind == "held")
