"""The right itself is sold: the register passes it, and its entry completes the order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.ledger.models import Entry
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import UNKNOWN
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.rights.registration.services import (
    accept_claim,
    refuse_claim,
    start_review,
    withdraw_claim,
)
from marketplace.rights.right.title import present_titles
from marketplace.rights.transfer.services import join_transfer, open_transfer
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.listings.publication.services import submit_listing, withdraw_listing
from marketplace.trading.orders.contract.selectors import contract_document
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.dispute.services import open_dispute
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.right_sale.services import (
    begin_right_sale,
    complete_right_sale,
    end_right_sale,
)
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import ApiClients, PageClients
from tests.given import amendments, renewals, sold_rights
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World


def balance(kind: AccountKind) -> Decimal:
    """Return what stands on the accounts of a kind."""
    return sum((each.balance for each in Account.objects.filter(kind=kind)), Decimal(0))


def put_aside() -> list[str]:
    """Return which of the reactions that sell rights failed; those that ask a broker have none."""
    ours = ("grant_access", "complete_sale", "end_sale", "notify_contract_terminated", "note_trade")
    failed = SetAside.objects.filter(reaction__in=ours)
    return list(failed.values_list("reaction", flat=True))


def test_a_right_is_sold_and_the_new_holder_recorded(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """From the listing to the register's entry, seen by both sides and the auditor."""
    order = sold_rights.paid(world)
    assert (order.state, held_of(order)) == ("paid", sold_rights.PRICE)
    assert Listing.objects.get().state == "withdrawn"
    assert not Grant.objects.exists()
    claim = sold_rights.transfer(order)
    assert (claim.state, claim.reference) == ("draft", f"order:{order.pk}")
    assert claim.organization_id == order.buyer_id
    for person in ("officer", "buyer", "auditor"):
        page = page_of(person).get(reverse("order_detail", args=[order.pk])).content.decode()
        assert reverse("claim_detail", args=[claim.pk]) in page
        assert "joins the transfer in the register" in page
        assert "Terminate the contract" not in page
        assert "Open a dispute" not in page
    certificate = sold_rights.passed(world, order)
    catch_up()
    order = Order.objects.get()
    assert order.state == "completed"
    assert held_of(order) == 0
    assert balance(AccountKind.SELLER) > 0
    assert balance(AccountKind.SELLER) + balance(AccountKind.FEE) <= sold_rights.PRICE
    titles = present_titles(order.listing.product.dataset_id)
    assert [(each.organization_id, each.certificate_id) for each in titles] == [
        (order.buyer_id, certificate.pk)
    ]
    facts = list(Entry.objects.filter(kind__startswith="trading.").values_list("kind", flat=True))
    for kind in ("trading.right_sale_begun", "trading.order_completed"):
        assert facts.count(kind) == 1
    assert put_aside() == []
    for person in ("officer", "buyer", "auditor"):
        page = page_of(person).get(reverse("order_detail", args=[order.pk])).content.decode()
        assert "New holder recorded" in page
        assert "To be accepted by" not in page
        told = api_of(person).get(reverse("api_get_order", args=[order.pk])).json()
        assert told["state"] == "completed"
    with pytest.raises(WrongState) as refused:
        terminate_contract(order.pk, reason="We want it back.", by=world.actor("buyer"))
    assert refused.value.code == "right-passed"
    with pytest.raises(WrongState) as refused:
        amendments.proposed(world, order)
    assert refused.value.code == "not-amendable"
    again = complete_right_sale(order.pk, certificate_id=certificate.pk, by=given.SYSTEM)
    assert again.state == "completed"


def test_the_contract_sells_a_right(world: World) -> None:
    """Text, policy and document say so, and anybody can check it."""
    order = given.signed(world, given.placed(world, sold_rights.published(world)))
    contract = order.contract
    assert "CONTRACT ON THE SALE OF A RIGHT" in contract.text
    assert "nothing is kept back" in contract.text
    assert "licence lasts" not in contract.text
    assert contract.agreed["delivery"] == "right"
    assert [rule["action"] for rule in agreement_policy(order)["permission"]] == ["transfer"]
    assert verify.check_certificate(contract_document(contract)).code == UNKNOWN


def test_whose_turn_it_is(world: World, page_of: PageClients) -> None:
    """The buyer's until it has joined, then either side's; the register's while it examines."""
    order = sold_rights.paid(world)

    def turns() -> list[str]:
        page = {person: page_of(person) for person in ("buyer", "officer")}
        address = reverse("order_detail", args=[order.pk])
        return [who for who, client in page.items() if "Your turn" in client.get(address).text]

    assert turns() == ["buyer"]
    join_transfer(sold_rights.transfer(order).pk, by=world.actor("buyer"))
    assert turns() == ["buyer", "officer"]
    sold_rights.joined(world, order)
    assert turns() == []


@pytest.mark.parametrize("way", ["refused", "withdrawn"])
def test_a_right_that_does_not_pass_is_paid_back(world: World, way: str) -> None:
    """The order ends, the money goes back, and both sides are told."""
    order = sold_rights.paid(world)
    claim = sold_rights.joined(world, order)
    with pytest.raises(WrongState):
        end_right_sale(order.pk, by=given.SYSTEM)
    if way == "withdrawn":
        withdraw_claim(claim.pk, by=world.actor("buyer"))
    else:
        accept_claim(claim.pk, by=world.actor("reviewer"))
        start_review(claim.pk, by=world.actor("reviewer"))
        refuse_claim(
            claim.pk, reason="The contract is not signed.", by=world.actor("second_reviewer")
        )
    catch_up()
    order = Order.objects.get()
    assert order.state == "refunded"
    assert balance(AccountKind.BUYER) == sold_rights.PRICE
    assert balance(AccountKind.SELLER) == held_of(order) == 0
    payload = Entry.objects.get(kind="trading.right_sale_ended").payload
    assert payload == {"refunded": "20000.00", "currency": "CNY"}
    assert Notice.objects.filter(subject=f"order:{order.pk}", kind="contract_terminated").exists()
    assert put_aside() == []
    assert end_right_sale(order.pk, by=given.SYSTEM).state == "refunded"


@pytest.mark.parametrize("person", ["officer", "buyer"])
def test_nobody_ends_it_while_the_right_passes(world: World, person: str) -> None:
    """Neither by termination nor by a dispute, nor between the entry and the release."""
    order = sold_rights.paid(world)
    for moment in ("open", "passed, not yet released"):
        with pytest.raises(WrongState) as refused:
            terminate_contract(order.pk, reason="We think again.", by=world.actor(person))
        assert refused.value.code == "right-passing"
        with pytest.raises(WrongState) as refused:
            open_dispute(order.pk, text="It takes long.", by=world.actor(person))
        assert refused.value.code == "right-passing"
        if moment == "open":
            sold_rights.passed(world, order)
    assert held_of(order) == sold_rights.PRICE


def test_before_the_register_opens_it_either_side_steps_back(world: World) -> None:
    """Where a transfer to somebody else runs, the sale waits, and ends by a termination."""
    order = given.signed(world, given.placed(world, sold_rights.published(world)))
    assert terminate_contract(order.pk, reason="No.", by=world.actor("buyer")).state == "terminated"


def test_the_software_alone_passes_rights(world: World) -> None:
    """And only by orders that sold one, once, and paid."""
    order = given.paid(world, given.placed(world, sold_rights.published(world)))
    for act in (begin_right_sale, end_right_sale):
        with pytest.raises(NotAllowed):
            act(order.pk, by=world.actor("administrator"))
    begun = begin_right_sale(order.pk, by=given.SYSTEM)
    assert begin_right_sale(order.pk, by=given.SYSTEM) == begun
    assert Entry.objects.filter(kind="rights.transfer_opened").count() == 1
    with pytest.raises(WrongState) as refused:
        complete_right_sale(order.pk, certificate_id=order.pk, by=given.SYSTEM)
    assert refused.value.code == "right-not-passed"


def test_a_licence_passes_no_right(world: World) -> None:
    """Whatever the register is told."""
    order = given.paid(world)
    with pytest.raises(WrongState):
        begin_right_sale(order.pk, by=given.SYSTEM)


def test_a_transfer_that_names_a_foreign_order_moves_no_money(world: World) -> None:
    """The reference is what somebody wrote; the order asks for its own certificate and buyer."""
    order = given.completed(world)
    certificate = order.listing.certificate
    assert certificate is not None
    withdraw_listing(order.listing_id, reason="Sold.", by=world.actor("officer"))
    catch_up()
    claim = open_transfer(
        certificate.pk,
        acquirer_id=world.organization("stranger").pk,
        reference=f"order:{order.pk}",
        by=world.actor("officer"),
    )
    withdraw_claim(claim.pk, by=world.actor("stranger"))
    catch_up()
    assert Order.objects.get().state == "completed"
    assert "end_sale" not in put_aside()


def test_what_the_sale_of_a_right_needs(world: World) -> None:
    """Exclusive, one price paid once, all of the data; each is said by its field."""
    with pytest.raises(Invalid) as refused:
        sold_rights.published(
            world,
            exclusive=False,
            plan=Subscription(amount=Decimal("1.00"), period_months=1, periods=12),
            terms=replace(given.OFFER.terms, columns=("line",)),
        )
    assert {"is_exclusive", "price", "columns"} <= set(refused.value.fields)


def test_a_right_is_not_sold_to_a_second_buyer(world: World) -> None:
    """Nor offered by a listing of another version of the data, until the first sale has ended."""
    first = sold_rights.published(world)
    order = given.signed(world, given.placed(world, first))
    version = renewals.other_version(world, first)
    wanted = {"delivery_mode": "right", "price": sold_rights.PRICE, "exclusive": True}
    draft = given.drafted(world, version, **wanted)
    for _time in range(2):
        with pytest.raises(WrongState) as refused:
            submit_listing(draft.pk, by=world.actor("officer"))
        assert refused.value.code == "exclusive-taken"
        first.refresh_from_db()
        if first.state == "published":
            withdraw_listing(first.pk, reason="Sold.", by=world.actor("officer"))
    terminate_contract(order.pk, reason="No.", by=world.actor("buyer"))
    second = renewals.published(world, draft)
    assert given.placed(world, second, by="stranger").state == "placed"


def test_a_sale_has_a_case_of_its_own(world: World) -> None:
    """One that the holder opened to the same buyer would pass the right, and release nothing."""
    order = given.paid(world, given.placed(world, sold_rights.published(world)))
    certificate_id = order.listing.certificate_id
    assert certificate_id is not None
    other = open_transfer(certificate_id, acquirer_id=order.buyer_id, by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        begin_right_sale(order.pk, by=given.SYSTEM)
    assert refused.value.code == "transfer-running"
    withdraw_claim(other.pk, by=world.actor("officer"))
    begin_right_sale(order.pk, by=given.SYSTEM)
    with pytest.raises(WrongState) as refused:
        open_transfer(certificate_id, acquirer_id=order.buyer_id, by=world.actor("officer"))
    assert refused.value.code == "transfer-running"
    assert sold_rights.transfer(order).pk != other.pk
