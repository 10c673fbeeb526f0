"""Other data is delivered in place of what a buyer objected to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.services import advance_grant, advance_grants
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.notices.texts import worded
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.services import accept_delivery, object_to_delivery
from marketplace.trading.orders.objection.services import accept_remedy, offer_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.given import orders_given, versions_given
from marketplace.trading.orders.remedy.models import Remedy
from tests.conftest import ApiClients, PageClients
from tests.given import copies, delivery, feeds, remedies
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

pytestmark = pytest.mark.django_db

D = Decimal


def download(grant: Grant, api_of: ApiClients) -> Any:
    """Ask for the data as the buyer's program does."""
    return api_of("buyer").get(reverse("api_open_download", args=[grant.pk]))


def objected(world: World, api_of: ApiClients, order: Order | None = None) -> Grant:
    """Deliver data to a buyer who objects to it."""
    grant = delivery.granted(world, order)
    assert b"".join(download(grant, api_of).streaming_content)
    object_to_delivery(grant.order_id, reason=remedies.OBJECTION, by=world.actor("buyer"))
    return grant


def replaced(world: World, grant: Grant, refund: str = "0.00") -> Remedy:
    """Publish the next month in the same offer, and let the buyer accept it instead."""
    feeds.advanced(world, grant.listing)
    remedy = offer_remedy(
        grant.order_id,
        text=remedies.TEXT,
        refund=D(refund),
        replaces=True,
        by=world.actor("officer"),
    )
    return accept_remedy(remedy.pk, by=world.actor("buyer"))


def held() -> Decimal:
    """Return what the centre holds."""
    return sum((row.balance for row in Account.objects.filter(kind=AccountKind.HELD)), D(0))


def test_new_data_is_delivered_and_looked_at_anew(world: World, api_of: ApiClients) -> None:
    """The money stays held; what was objected to opens no more, from the acceptance on."""
    grant = objected(world, api_of)
    before = grant.sha256
    remedy = replaced(world, grant, refund="2000.00")
    order = Order.objects.get(pk=grant.order_id)
    assert (order.state, held()) == (OrderState.PAID, D("10000.00"))
    assert order.revision == remedy.replacement != remedy.replaced
    [told] = Entry.objects.filter(kind="trading.remedy_accepted")
    assert told.payload["replaced"] == str(remedy.replaced_id)
    assert told.payload["sha256"] == order.revision.version.file.sha256
    refused = download(grant, api_of)
    assert (refused.status_code, refused.json()["code"]) == (409, "replacement-awaited")
    order.refresh_from_db()
    assert order.state == OrderState.PAID, "what was refused delivers nothing"
    catch_up()
    body = b"".join(download(grant, api_of).streaming_content)
    order.refresh_from_db()
    grant.refresh_from_db()
    assert body
    assert grant.sha256 != before
    assert order.state == OrderState.DELIVERED
    assert order.acceptance_due_on is not None
    assert GivenRevision.objects.filter(grant=grant).count() == 2
    old = download_of(grant, remedy, api_of)
    assert (old.status_code, old.json()["code"]) == (409, "replacement-awaited")
    notice = Notice.objects.get(kind="remedy_accepted", person=world.person("officer"))
    assert "released" not in worded(notice.kind, notice.parameters).body, "the money stays held"
    accept_delivery(order.pk, by=world.actor("buyer"))
    assert held() == D(0)


def download_of(grant: Grant, remedy: Remedy, api_of: ApiClients) -> Any:
    """Ask for the data that was replaced."""
    assert remedy.replaced is not None
    address = reverse("api_open_download", args=[grant.pk])
    return api_of("buyer").get(address, {"as_of": remedy.replaced.number})


def test_the_buyer_may_object_again(world: World, api_of: ApiClients) -> None:
    grant = objected(world, api_of)
    replaced(world, grant)
    catch_up()
    b"".join(download(grant, api_of).streaming_content)
    order = object_to_delivery(grant.order_id, reason="Still empty.", by=world.actor("buyer"))
    assert (order.state, held()) == (OrderState.OBJECTED, D("12000.00"))


def test_a_buyers_own_copy_is_written_anew(world: World, api_of: ApiClients) -> None:
    """And where a wake-up is lost, the loop gives it."""
    order = copies.ordered(world, columns=("line",))
    feeds.write_copies()
    grant = objected(world, api_of, order)
    first = grant.copy
    replaced(world, grant)
    assert advance_grants(by=given.SYSTEM) == []
    feeds.write_copies()
    grant.refresh_from_db()
    assert grant.copy != first
    assert grant.copy is not None
    assert grant.copy.file is not None
    assert grant.sha256 == grant.copy.file.sha256
    assert advance_grant(grant.pk, by=given.SYSTEM) == grant, "again changes nothing"


def test_who_had_the_replaced_data_is_still_known(world: World, api_of: ApiClients) -> None:
    """A recall of it reaches the buyer."""
    grant = objected(world, api_of)
    old = grant.version_id
    replaced(world, grant)
    order = Order.objects.get(pk=grant.order_id)
    assert set(versions_given(order)) == {old, order.revision.version_id}
    assert list(orders_given([old])) == [order]


@pytest.mark.parametrize(
    ("refund", "advances", "code"),
    [
        ("0.00", False, "nothing-newer"),
        ("12000.00", True, "all-given-back"),
    ],
)
def test_what_cannot_be_replaced_is_refused(
    world: World, refund: str, advances: bool, code: str, api_of: ApiClients
) -> None:
    grant = objected(world, api_of)
    if advances:
        feeds.advanced(world, grant.listing)
    with pytest.raises(Invalid) as caught:
        offer_remedy(
            grant.order_id, text="So.", refund=D(refund), replaces=True, by=world.actor("officer")
        )
    assert caught.value.code == code
    assert not Remedy.objects.exists()


def test_a_subscriber_gets_what_is_new_anyway(world: World, api_of: ApiClients) -> None:
    grant = feeds.followed(world)
    b"".join(download(grant, api_of).streaming_content)
    object_to_delivery(grant.order_id, reason=remedies.OBJECTION, by=world.actor("buyer"))
    with pytest.raises(Invalid) as caught:
        offer_remedy(
            grant.order_id, text="So.", refund=D(0), replaces=True, by=world.actor("officer")
        )
    assert caught.value.code == "replaced-anyway"


def test_the_page_says_what_replacing_means(
    world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    grant = objected(world, api_of)
    feeds.advanced(world, grant.listing)
    offer_remedy(grant.order_id, text="So.", refund=D(0), replaces=True, by=world.actor("officer"))
    page = page_of("buyer").get(reverse("order_detail", args=[grant.order_id])).content.decode()
    assert "Revision 2 of the data is delivered in place of what you have." in page
    assert "you look at it anew" in page
