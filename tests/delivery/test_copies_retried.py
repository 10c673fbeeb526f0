"""A buyer's copy whose run broke: why, told to whom, and written again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from marketplace.core.errors import WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import advance_grants, retry_copy
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release.models import Copy
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.services import cancel_run
from marketplace.trading.listings.plans import Free
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.termination.services import terminate_contract
from tests.given import copies, feeds, trading
from tests.given.pipeline import catch_up
from tests.given.threads import at_once
from tests.given.world import World


def order_of(copy: Copy) -> UUID:
    """Return the order that a copy is written for."""
    return UUID(copy.asked_for.removeprefix("order:"))


def test_it_is_written_again_and_granted(world: World, page_of: Any) -> None:
    """The seller reads why and presses the button; the buyer reads that it will be written."""
    order_id = copies.ordered(world, columns=("line",)).pk
    catch_up()
    copy = copies.broken(world, Order.objects.get(pk=order_id))
    address = reverse("order_grant", args=[order_id])
    catch_up()
    (notice,) = Notice.objects.filter(kind="run_failed", person=world.person("officer"))
    assert notice.url == address
    seller = page_of("officer").get(address).content.decode()
    assert "The stored source file is damaged or missing" in seller
    assert "Write it again" in seller
    buyer = page_of("buyer").get(address).content.decode()
    assert "The seller was told, and has it written again" in buyer
    assert "damaged" not in buyer
    assert "Write it again" not in buyer
    answer = page_of("officer").post(reverse("order_copy_retry", args=[order_id]), follow=True)
    assert "A worker writes the copy again" in answer.content.decode()
    again = Copy.objects.get(pk=copy.pk)
    assert (again.run.state, again.passed) == ("queued", None)
    execute_run(again.run_id)
    catch_up()
    grant = Grant.objects.get()
    assert grant.copy_id == copy.pk
    assert page_of("officer").get(address).status_code == 302


def test_what_broke_again_is_told_again(world: World, api_of: Any) -> None:
    """Each run is one; the API says how far it is."""
    copy = copies.broken(world)
    order_id = order_of(copy)
    again = retry_copy(order_id, by=world.actor("officer"))
    with copies.mislaid(copy):
        execute_run(again.run_id)
    told = api_of("buyer").get(reverse("api_get_order_copy", args=[order_id])).json()
    assert (told["state"], told["passed"]) == ("failed", None)
    assert Run.objects.filter(kind="copy", state="failed").count() == 2


def test_a_cancelled_run_is_asked_for_anew(world: World, page_of: Any) -> None:
    """By a reviewer of the centre too."""
    copy = copies.asked(world, copies.ordered(world, columns=("line",)))
    cancel_run(copy.run_id, by=world.actor("officer"))
    order_id = order_of(copy)
    page = page_of("reviewer").get(reverse("order_grant", args=[order_id])).content.decode()
    assert "The run was cancelled" in page
    retry_copy(order_id, by=world.actor("reviewer"))
    assert Entry.objects.filter(kind="delivery.copy_retried").count() == 1
    # While it is under way, asking again changes nothing.
    assert retry_copy(order_id, by=world.actor("officer")).run.state == "queued"
    assert Entry.objects.filter(kind="delivery.copy_retried").count() == 1


def test_what_cannot_be_written_again(world: World, page_of: Any) -> None:
    """What was measured, what is delivered as it is, and what nobody waits for any more."""
    order = copies.ordered(world, columns=("line",))
    officer = world.actor("officer")
    with pytest.raises(WrongState) as refused:
        retry_copy(order.pk, by=officer)
    assert refused.value.code == "no-copy"
    copies.broken(world, order)
    terminate_contract(order.pk, reason="It takes too long.", by=world.actor("buyer"))
    with pytest.raises(WrongState) as refused:
        retry_copy(order.pk, by=officer)
    assert refused.value.code == "copy-not-awaited"
    page = page_of("officer").get(reverse("order_grant", args=[order.pk])).content.decode()
    assert "Write it again" not in page


def test_what_was_measured_stays(world: World) -> None:
    """Written again it would be the same."""
    order = copies.ordered(world, columns=("line",))
    copies.written(world, order)
    with pytest.raises(WrongState) as refused:
        retry_copy(order.pk, by=world.actor("officer"))
    assert refused.value.code == "copy-measured"
    assert Run.objects.filter(kind="copy").count() == 1


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_several_at_once_ask_for_one_run() -> None:
    """Of six at the same moment one asks; the others see that it is under way."""
    world = World()
    copy = copies.broken(world)
    order_id, officer = order_of(copy), world.actor("officer")
    answers = at_once(6, lambda _number: retry_copy(order_id, by=officer))
    assert len({answer.run_id for answer in answers if isinstance(answer, Copy)}) == 1
    assert Run.objects.filter(kind="copy").count() == 2
    assert Entry.objects.filter(kind="delivery.copy_retried").count() == 1


def test_a_later_copy_that_fails_is_shown_to_its_seller(world: World, page_of: Any) -> None:
    """On the page of the feed and of the offer: which buyer, why, and what to do; then no more."""
    terms = replace(trading.OFFER.terms, columns=("day", "boardings"))
    listing = trading.published(world, plan=Free(), terms=terms)
    order = trading.signed(world, trading.placed(world, listing))
    feeds.write_copies()
    pages = [
        reverse("listing_detail", args=[listing.pk]),
        reverse("dataset_feed", args=[listing.product.dataset_id]),
    ]

    def shown(person: str) -> list[str]:
        return [page_of(person).get(address).content.decode() for address in pages]

    assert not any("did not get" in page for page in shown("officer"))
    feeds.advanced(world, listing)
    catch_up()
    second = Copy.objects.get(asked_for=f"order:{order.pk}:2")
    with copies.mislaid(second):
        execute_run(second.run_id)
    for page in (*shown("officer"), *shown("reviewer")):
        assert "Revisions that buyers did not get" in page
        assert second.recipient.name in page
        assert "The stored source file is damaged or missing" in page
        assert "It is written again by itself" in page
    # As if what was written had told too much: the run's own measuring is tried elsewhere.
    Copy.objects.filter(pk=second.pk).update(passed=False, failures=["smallest-class"])
    for page in shown("officer"):
        assert "Its smallest group of alike rows is too small." in page
        assert "by an amendment of the contract" in page
    Copy.objects.filter(pk=second.pk).update(passed=None, failures=[])
    advance_grants(by=trading.SYSTEM)
    feeds.write_copies()
    assert Grant.objects.get(order=order).revision.number == 2
    assert not any("did not get" in page for page in shown("officer"))
    assert page_of("stranger").get(pages[0]).status_code == 404
