"""Orders from the wish to the signatures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marketplace.accounts.roles import Role
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.binding import bound
from marketplace.ledger.models import Entry
from marketplace.trading.listings.publication.services import suspend_listing, withdraw_listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.contract.wording import contract_digest
from marketplace.trading.orders.negotiation.services import cancel_order, decline_order, place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.signature.services import sign_contract
from tests.given import trading as given
from tests.given.world import PASSWORD, World


def test_order_keeps_the_price_of_its_day(world: World) -> None:
    """Price, currency and the sheet's digest are those that the buyer saw."""
    listing = given.published(world)
    order = given.placed(world, listing)
    assert (order.price, order.currency, order.state) == (listing.price, "CNY", "placed")
    entry = Entry.objects.get(kind="trading.order_placed")
    assert entry.payload == {"sheet_sha256": listing.sheet_digest, "bound": bound(order)}
    assert f"dataset:{listing.product.dataset_id}" in entry.about


def test_the_same_request_is_one_order(world: World) -> None:
    """The key belongs to the buyer's organization; another purpose or listing is refused."""
    listing = given.published(world)
    buyer, colleague = world.actor("buyer"), world.actor("second_buyer")
    first = place_order(listing.pk, purpose="Pricing.", request_key="k1", by=buyer)
    entries = Entry.objects.count()
    assert place_order(listing.pk, purpose="Pricing.", request_key="k1", by=colleague) == first
    with pytest.raises(Invalid) as refused:
        place_order(listing.pk, purpose="Selling.", request_key="k1", by=buyer)
    assert refused.value.code == "request-key-reused"
    assert Entry.objects.count() == entries
    other = given.published(world, title="The same, by month")
    with pytest.raises(Invalid) as refused:
        place_order(other.pk, purpose="Pricing.", request_key="k1", by=buyer)
    assert refused.value.code == "request-key-reused"
    place_order(listing.pk, purpose="Pricing.", request_key="k1", by=world.actor("stranger"))
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "purpose", "key"),
    [
        ("purpose", " ", "k"),
        ("purpose", "x" * 601, "k"),
        ("request_key", "Pricing.", ""),
        ("request_key", "Pricing.", "k" * 65),
    ],
)
def test_order_that_breaks_a_rule(field: str, purpose: str, key: str, world: World) -> None:
    """The field is named, and nothing is ordered."""
    listing = given.published(world)
    with pytest.raises(Invalid) as refused:
        place_order(listing.pk, purpose=purpose, request_key=key, by=world.actor("buyer"))
    assert list(refused.value.fields) == [field]
    assert not Order.objects.exists()


def test_who_may_order(world: World) -> None:
    """Buyers of other organizations; not the seller's own, a reviewer, a pending one or nobody."""
    listing = given.published(world)
    for by in (
        replace(world.actor("officer"), roles=frozenset({Role.OFFICER, Role.BUYER})),
        *(world.actor(name) for name in ("officer", "reviewer", "auditor", "pending")),
        NOBODY,
    ):
        with pytest.raises(NotAllowed):
            place_order(listing.pk, purpose="Pricing.", request_key="k", by=by)
    assert not Order.objects.exists()


def test_what_is_not_on_the_market(world: World) -> None:
    """A draft is not found; a suspended listing refuses even those who still see it."""
    order = given.placed(world)
    suspend_listing(order.listing_id, reason="We check it.", by=world.actor("officer"))
    with pytest.raises(WrongState):
        place_order(order.listing_id, purpose="More.", request_key="k2", by=world.actor("buyer"))
    with pytest.raises(NotFound):
        place_order(order.listing_id, purpose="More.", request_key="k2", by=world.actor("stranger"))


def test_exclusive_listing_has_one_buyer(world: World) -> None:
    """A second order is refused until the first came to nothing; a completed one holds for good."""
    listing = given.published(world, exclusive=True)
    first = given.placed(world, listing)
    with pytest.raises(WrongState) as refused:
        given.placed(world, listing, by="stranger")
    assert refused.value.code == "exclusive-taken"
    cancel_order(first.pk, by=world.actor("buyer"))
    second = given.placed(world, listing, by="stranger")
    given.declined(world, second)
    assert given.placed(world, listing).state == "placed"


def test_acceptance_freezes_the_contract(world: World) -> None:
    """The text names both sides, the price, the bytes and the purpose, under its digest."""
    order = given.accepted(world)
    contract = Contract.objects.get(order=order)
    assert contract_digest(contract.text) == contract.digest
    for part in (
        *("Transport Bureau", "Example Insurance", "12,000.00 CNY", given.PURPOSE),
        order.listing.revision.version.file.sha256,
        order.listing.sheet_digest,
    ):
        assert part in contract.text
    assert contract.language == "en"
    entry = Entry.objects.get(kind="trading.order_accepted")
    told = {"side": "seller", "contract_sha256": contract.digest}
    assert entry.payload == {**told, "bound": bound(contract, order)}


def test_nobody_writes_clauses_into_the_contract(world: World) -> None:
    """What a buyer types stays on one line and is no markup."""
    listing = given.published(world)
    purpose = "Pricing <b>&</b>.\n\n5. Fee\nThe fee \u202eis\u202c 1\x1b \x07CNY."
    order = place_order(listing.pk, purpose=purpose, request_key="k", by=world.actor("buyer"))
    text = accept_order(order.pk, by=world.actor("officer")).contract.text
    assert "Pricing <b>&</b>. 5. Fee The fee is 1 CNY." in text
    assert text.count("\n5. Fee\n") == 1


def test_the_summary_stands_as_the_sellers_words(world: World) -> None:
    """What a seller writes of the data does not read like a duty of the buyer."""
    summary = "The recipient pays\n1,000,000 CNY more."
    listing = given.published(world, summary=summary)
    text = given.accepted(world, given.placed(world, listing)).contract.text
    assert "\nThe provider describes it so: The recipient pays 1,000,000 CNY more.\n" in text


def test_acceptance_needs_the_market(world: World) -> None:
    """A withdrawn listing binds nobody anew."""
    order = given.placed(world)
    withdraw_listing(order.listing_id, reason="Replaced.", by=world.actor("officer"))
    with pytest.raises(WrongState):
        accept_order(order.pk, by=world.actor("officer"))
    assert Order.objects.get().state == "placed"
    assert not Contract.objects.exists()


def test_withdrawal_leaves_a_bound_order(world: World) -> None:
    """Once accepted, it is signed and goes on; a suspension stops it."""
    contract = given.signed_by_seller(world)
    officer, buyer = world.actor("officer"), world.actor("buyer")
    suspend_listing(contract.order.listing_id, reason="We check it.", by=officer)
    with pytest.raises(WrongState):
        sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer)
    withdraw_listing(contract.order.listing_id, reason="Replaced.", by=officer)
    assert sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer).is_signed


def test_decline_tells_why(world: World) -> None:
    """It needs a reason, which the buyer reads."""
    order = given.placed(world)
    with pytest.raises(Invalid):
        decline_order(order.pk, reason=" ", by=world.actor("officer"))
    assert Order.objects.get().state == "placed"
    declined = decline_order(order.pk, reason="Not for this.", by=world.actor("officer"))
    assert (declined.state, declined.reason) == ("declined", "Not for this.")


def test_who_may_cancel(world: World) -> None:
    """The buyer until both have signed; the seller once they had accepted; nobody else."""
    order = given.placed(world)
    for person in ("officer", "reviewer"):
        with pytest.raises(NotAllowed):
            cancel_order(order.pk, by=world.actor(person))
    accept_order(order.pk, by=world.actor("officer"))
    assert cancel_order(order.pk, by=world.actor("officer")).state == "cancelled"
    assert Entry.objects.get(kind="trading.order_cancelled").payload == {"side": "seller"}


def test_no_way_back_after_both_signatures(world: World) -> None:
    """A signed order is not cancelled."""
    order = given.signed(world)
    for person in ("officer", "buyer"):
        with pytest.raises(WrongState):
            cancel_order(order.pk, by=world.actor(person))


def test_both_sign_by_the_digest_they_have_seen(world: World) -> None:
    """The first signature leaves the order accepted, the second concludes it; each counts once."""
    contract = given.contracted(world)
    officer, buyer = world.actor("officer"), world.actor("buyer")
    with pytest.raises(Invalid) as refused:
        sign_contract(contract.pk, digest="0" * 64, password=PASSWORD, by=officer)
    assert refused.value.code == "contract-digest-mismatch"
    first = sign_contract(
        contract.pk, digest=contract.digest.upper(), password=PASSWORD, by=officer
    )
    assert first.seller_signed_by_id == officer.person_id
    assert Order.objects.get().state == "accepted"
    entries = Entry.objects.count()
    sign_contract(
        contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("colleague")
    )
    assert Entry.objects.count() == entries
    assert sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer).is_signed
    assert Order.objects.get().state == "signed"
    payloads = [e.payload for e in Entry.objects.filter(kind="trading.contract_signed")]
    assert [payload["is_concluded"] for payload in payloads] == [False, True]
    sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer)
    assert Entry.objects.filter(kind="trading.contract_signed").count() == 2


def test_who_may_sign(world: World) -> None:
    """The centre's people witness and never sign; strangers find nothing."""
    contract = given.contracted(world)
    for person in ("reviewer", "auditor", "finance", "treasurer"):
        with pytest.raises(NotAllowed):
            sign_contract(
                contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(person)
            )
    with pytest.raises(NotFound):
        sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("stranger")
        )


def test_who_sees_orders_and_contracts(world: World) -> None:
    """Both sides, the centre's staff and its finance officer; no third company."""
    contract = given.contracted(world)
    seeing = ("officer", "finance", "buyer", "second_buyer", "reviewer", "auditor", "treasurer")
    for person in seeing:
        assert orders_visible_to(world.actor(person)).exists(), person
        assert contracts_visible_to(world.actor(person)).filter(pk=contract.pk).exists(), person
    for by in (world.actor("stranger"), NOBODY):
        assert not orders_visible_to(by).exists()
        assert not contracts_visible_to(by).exists()
