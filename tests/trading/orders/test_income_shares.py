"""A contract's sources are paid from every payment, and give back in the same parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_income_share,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    open_dispute,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.trading.orders.settlement.sources import income_of, paid_to_sources, sources_of
from tests.given import disputes, income_shares, money, promises
from tests.given import trading as given
from tests.given.world import World, code

INCOME = Decimal("11760.00")
"""What of a price of 12,000.00 is the seller's, after the centre's fee of 2 %."""


def listing_of(world: World, *percents: str) -> Listing:
    """Return a published listing of whose income a rival and a regulator get so much."""
    listing = given.published(world)
    for percent, source in zip(percents, ("rival", "regulator"), strict=False):
        share = propose_income_share(
            listing.pk,
            uscc=code(source),
            ground="co_owner",
            percent=Decimal(percent),
            by=world.actor("officer"),
        )
        person = {"rival": "stranger", "regulator": "auditor"}[source]
        by = replace(world.actor(person), roles=world.actor("officer").roles)
        answer_income_share(share.pk, is_agreed=True, by=by)
    return listing


def accepted(world: World, listing: Listing) -> Order:
    order = mark_delivered(given.paid(world, given.placed(world, listing)).pk, by=given.SYSTEM)
    return accept_delivery(order.pk, by=world.actor("buyer"))


def balance(world: World, person: str) -> Decimal:
    account = Account.objects.filter(kind="seller", organization=world.organization(person)).first()
    return account.balance if account else Decimal(0)


def has_its_part(order: Order) -> bool:
    """Return whether each source has its share of what the seller has, rounded down."""
    income, paid = income_of(order), paid_to_sources(order)
    return all(
        paid.get(one.organization_id, Decimal(0)) == one.part_of(income)
        for one in sources_of(order)
    )


def test_each_source_is_paid_with_the_release(world: World) -> None:
    order = accepted(world, listing_of(world, "30", "12.3456"))
    assert balance(world, "stranger") == Decimal("3528.00")
    # 1451.84256, rounded down.
    assert balance(world, "auditor") == Decimal("1451.84")
    assert balance(world, "officer") == INCOME - Decimal("3528.00") - Decimal("1451.84")
    settled = settled_of(order)
    assert settled is not None
    assert settled.adds_up
    assert (settled.seller, settled.sources) == (INCOME, Decimal("4979.84"))


def test_the_contract_names_them_before_it_is_signed(world: World) -> None:
    listing = listing_of(world, "30")
    contract = Contract.objects.get(order=given.signed(world, given.placed(world, listing)))
    assert contract.agreed["income_shares"] == [
        {
            "organization": {
                "id": str(world.organization("stranger").pk),
                "name": "Rival Analytics",
                "uscc": code("rival"),
            },
            "ground": "co_owner",
            "rate": "0.300000",
        }
    ]
    assert f"Rival Analytics ({code('rival')}), Co-owner of the data: 30 %" in contract.text


def test_contracts_keep_what_they_name_and_name_only_what_is_agreed(world: World) -> None:
    """An end changes later contracts alone; what waits for an answer stands in none."""
    share = income_shares.agreed(world)
    first = given.placed(world, share.listing)
    given.signed(world, first)
    end_income_share(share.pk, by=world.actor("officer"))
    income_shares.proposed(world, share.listing, percent=Decimal("10"))
    second = accepted(world, share.listing)
    assert sources_of(second) == ()
    assert [one.rate for one in sources_of(first)] == [Decimal("0.3")]


def test_a_share_by_rows_is_that_part_of_the_percentage(world: World) -> None:
    listing = given.published(world)
    rows = listing.revision.version.rows
    share = income_shares.proposed(world, listing, percent=Decimal("50"), rows=1)
    assert share.effective == (Decimal("0.5") / rows).quantize(Decimal("0.000001"), "ROUND_DOWN")
    assert share.of_rows == rows


def test_a_refund_takes_back_in_the_same_parts(world: World) -> None:
    order = accepted(world, listing_of(world, "30", "12.3456"))
    money.approved(world, money.proposed_refund(world, order, amount="5000.01"))
    # Of it 100.00 are the centre's fee.
    assert income_of(order) == INCOME - Decimal("4900.01")
    assert has_its_part(order)
    # More than the seller has alone.
    money.approved(world, money.proposed_refund(world, order, amount="6999.99"))
    assert balance(world, "stranger") == balance(world, "auditor") == 0


def test_a_dispute_freezes_all_parts_and_gives_them_again(world: World) -> None:
    order = accepted(world, listing_of(world, "30"))
    dispute = open_dispute(order.pk, text="Half is empty.", by=world.actor("buyer"))
    assert balance(world, "stranger") == balance(world, "officer") == 0
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    assert balance(world, "stranger") == Decimal("3528.00")
    assert has_its_part(order)


def test_a_settled_dispute_divides_what_is_left(world: World) -> None:
    order = accepted(world, listing_of(world, "30", "12.3456"))
    dispute = disputes.proposed(world, disputes.opened(world, order), refund="3999.99")
    for person in ("officer", "buyer"):
        answer_settlement(dispute.pk, is_agreed=True, by=world.actor(person))
    # Of it 80.00 are the centre's fee.
    assert income_of(order) == INCOME - Decimal("3919.99")
    assert has_its_part(order)


def test_what_was_paid_out_is_taken_back_from_nobody_else(world: World) -> None:
    """Seller and sources give in their parts what they can: nobody stands in for another."""
    order = accepted(world, listing_of(world, "30"))
    seller = Account.objects.get(kind="seller", organization=world.organization("officer"))
    going = money.proposed_payout(world, seller, amount=seller.balance - Decimal("700"))
    money.approved(world, going)
    open_dispute(order.pk, text="Half is empty.", by=world.actor("buyer"))
    rows = Transfer.objects.filter(kind=TransferKind.FREEZE)
    frozen = rows.get(debit__kind=AccountKind.SELLER).amount
    # 700 is seventy of a hundred of what can be frozen.
    assert frozen == Decimal("1000.00")
    assert balance(world, "officer") == 0
    assert has_its_part(order)


def test_a_credit_for_a_missed_revision_is_borne_in_the_same_parts(world: World) -> None:
    plan = replace(promises.MONTHLY, periods=1)
    terms = replace(given.OFFER.terms, **promises.DAILY, licence_months=plan.months)
    listing = given.published(world, plan=plan, price=Decimal("0.00"), terms=terms)
    income_shares.agreed(world, listing)
    order = accepted(world, listing)
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        keep_promises(by=given.SYSTEM)
    assert Transfer.objects.filter(kind=TransferKind.CREDIT).exists()
    assert income_of(order) < INCOME
    assert has_its_part(order)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"uscc": code("bureau")}, "uscc"),
        ({"uscc": "91350100MA00000000"}, "uscc"),
        ({"ground": "whim"}, "ground"),
        ({"percent": Decimal(0)}, "percent"),
        ({"percent": Decimal("95.0001")}, "percent"),
        ({"percent": Decimal("1.00001")}, "percent"),
        ({"rows": 10**9}, "rows"),
        ({"percent": Decimal("0.0001"), "rows": 1}, "percent"),
    ],
)
def test_shares_that_are_none_are_refused(world: World, change: dict[str, Any], field: str) -> None:
    listing = given.published(world)
    proposal = {"uscc": code("rival"), "ground": "dealer", "percent": Decimal(5), **change}
    with pytest.raises(Invalid) as refused:
        propose_income_share(listing.pk, **proposal, by=world.actor("officer"))
    assert list(refused.value.fields) == [field]


def test_all_shares_together_leave_the_seller_a_part(world: World) -> None:
    listing = given.published(world)
    income_shares.proposed(world, listing, percent=Decimal("60"))
    with pytest.raises(Invalid) as refused:
        income_shares.proposed(world, listing, percent=Decimal("36"), source="regulator")
    assert refused.value.code == "income-shares-too-high"
    with pytest.raises(Invalid) as refused:
        income_shares.proposed(world, listing, percent=Decimal("20"))
    assert refused.value.code == "income-share-taken"
