"""Shares by what each source brings: reckoned, agreed by all or by none, and paid like any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from django.urls import reverse

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.trading.listings.income_share.models import IncomeShare, ShareProposal
from marketplace.trading.listings.income_share.reckoning import digest_of, rates_of, values_of
from marketplace.trading.listings.income_share.selectors import agreed_shares_of
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_shapley_shares,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.settlement.sources import income_of, paid_to_sources
from tests.conftest import PageClients
from tests.given import income_shares
from tests.given import trading as given
from tests.given.world import World, code

TABLE = pl.DataFrame(
    {
        "who": ["a", "a", "a", "b", "b", "c", "x", "a"],
        "key": ["1", "2", "3", "3", "4", "3", "9", None],
    }
)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        # Record 3 is of three, a third each; 1 and 2 are a's, 4 is b's; x is nobody's.
        ("key", (Fraction(7, 3), Fraction(4, 3), Fraction(1, 3))),
        ("", (Fraction(4), Fraction(2), Fraction(1))),
    ],
)
def test_what_several_have_is_shared(key: str, values: tuple[Fraction, ...]) -> None:
    assert values_of(TABLE, source="who", key=key, names=["a", "b", "c"]) == values


def test_rates_are_rounded_down_to_a_millionth() -> None:
    rates = rates_of((Fraction(7, 3), Fraction(4, 3), Fraction(1, 3)), Decimal(30))
    assert rates == [Decimal("0.175000"), Decimal("0.100000"), Decimal("0.025000")]
    thirds = rates_of((Fraction(1),) * 3, Decimal(10))
    assert set(thirds) == {Decimal("0.033333")}


def answering(world: World, person: str) -> Actor:
    """Return somebody of an organization who answers for it."""
    return replace(world.actor(person), roles=world.actor("officer").roles)


def agree(world: World, share: IncomeShare, person: str, *, is_agreed: bool = True) -> None:
    """Agree to a share, or decline it, for its organization."""
    answer_income_share(share.pk, is_agreed=is_agreed, by=answering(world, person))


def both(world: World) -> list[IncomeShare]:
    """Return the shares of a rival and a regulator, in that order."""
    proposal = income_shares.reckoned(world)
    shares = {one.organization.uscc: one for one in proposal.shares.select_related("organization")}
    return [shares[code("rival")], shares[code("regulator")]]


def test_nobody_has_a_share_before_everybody_agrees(world: World) -> None:
    rival, regulator = both(world)
    agree(world, rival, "stranger")
    assert agreed_shares_of(rival.listing_id) == []
    agree(world, regulator, "auditor")
    assert {one.pk for one in agreed_shares_of(rival.listing_id)} == {rival.pk, regulator.pk}


@pytest.mark.parametrize("way", ["declined", "ended", "ended later"])
def test_they_fall_together(way: str, world: World) -> None:
    """The others are free for another proposal."""
    rival, regulator = both(world)
    agree(world, rival, "stranger")
    if way == "declined":
        agree(world, regulator, "auditor", is_agreed=False)
    else:
        if way == "ended later":
            agree(world, regulator, "auditor")
        end_income_share(regulator.pk, by=world.actor("officer"))
    rival.refresh_from_db()
    assert rival.state == "ended"
    assert agreed_shares_of(rival.listing_id) == []
    again = propose_shapley_shares(
        rival.listing_id, **income_shares.RECKONED, by=world.actor("officer")
    )
    assert again.shares.count() == 2


def test_the_books_pay_by_it_and_the_contract_names_it(world: World) -> None:
    """Both lines have the same days, so that each has half of the ten percent."""
    rival, regulator = both(world)
    agree(world, rival, "stranger")
    agree(world, regulator, "auditor")
    order = mark_delivered(
        given.paid(world, given.placed(world, rival.listing)).pk, by=given.SYSTEM
    )
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    told = Contract.objects.get(order=order).agreed["income_shares"]
    assert rival.proposal is not None
    assert {one["reckoning"] for one in told} == {rival.proposal.digest}
    part = (income_of(order) * Decimal("0.05")).quantize(Decimal("0.01"))
    assert set(paid_to_sources(order).values()) == {part}


def test_how_it_came_about_is_kept_to_the_byte(world: World, page_of: PageClients) -> None:
    rival, _regulator = both(world)
    assert rival.proposal is not None
    reckoning = rival.proposal.reckoning
    assert digest_of(reckoning) == rival.proposal.digest
    assert reckoning["sha256"] == rival.listing.revision.version.sha256
    assert [one["records"] for one in reckoning["sources"]] == ["1", "1"]
    page = page_of("stranger").get(reverse("income_share_detail", args=[rival.pk]))
    assert rival.proposal.digest in page.content.decode()
    assert [one["percent"] for one in rival.proposal.sources] == ["5 %", "5 %"]
    assert page.content.decode().count(">5 %</td>") == 2


def test_the_sellers_own_rows_keep_their_part(world: World) -> None:
    parties = [{"source": "1", "uscc": code("bureau")}, {"source": "2", "uscc": code("rival")}]
    proposal = propose_shapley_shares(
        given.published(world).pk,
        **{**income_shares.RECKONED, "parties": parties},
        by=world.actor("officer"),
    )
    assert [one.rate for one in proposal.shares.all()] == [Decimal("0.05")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source_column": "no such"}, "source_column"),
        ({"key_column": "no such"}, "key_column"),
        ({"percent": Decimal(0)}, "percent"),
        ({"percent": Decimal(99)}, "percent"),
        ({"percent": Decimal("0.0001")}, "percent"),
        ({"parties": [{"source": "9", "uscc": code("rival")}]}, "parties"),
        ({"parties": [{"source": "1", "uscc": code("bureau")}]}, "parties"),
        ({"parties": [{"source": "1", "uscc": "91350100M000100Y44"}]}, "parties"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(
    changes: dict[str, Any], field: str, world: World
) -> None:
    listing = given.published(world)
    with pytest.raises(Invalid) as refused:
        propose_shapley_shares(
            listing.pk, **{**income_shares.RECKONED, **changes}, by=world.actor("officer")
        )
    assert field in refused.value.fields
    assert not ShareProposal.objects.exists()
