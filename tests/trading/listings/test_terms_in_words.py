"""What differs between two offers is told, whichever term it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from marketplace.trading.listings.plans import Once
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.negotiation.in_words import changes_of
from marketplace.trading.orders.order.models import Order
from tests.given import amendments
from tests.given import trading as given
from tests.given.world import World

PLAN = Once(amount=given.OFFER.price).as_json()
CUT = Terms(purpose="Research.", columns=("line", "day"), rows=(["line", "in", [1, 2]],))
OTHERWISE: dict[str, Any] = {
    "purpose": "Pricing.",
    "restrictions": "Not for advertising.",
    "licence_months": 24,
    "is_exclusive": True,
    "public_purpose": True,
    "acceptance_days": 7,
    "onward_transfer": "allowed",
    "derived_data": "seller",
    "deletion_days": 10,
    "dispute": "seller-court",
    "columns": ("line",),
    "rows": (["line", "in", [1, 2, 3]],),
    "is_marked": True,
    "use": "research",
    "territory": "china",
    "users": "named",
    "deletion": "report",
    "audit": "none",
    "quota_rows": 1000,
    "revision_every": "week",
    "language": "zh-hans+en",
}
TOGETHER = {
    *("territory_name", "most_users", "quota_window"),
    *("revision_grace", "credit_percent", "credit_most"),
}
"""Terms that say nothing without another one."""


def test_every_term_is_tried() -> None:
    """Name them all, so that a new term has to be told too."""
    assert OTHERWISE.keys() | TOGETHER == Terms(purpose="Research.").as_json().keys()


@pytest.mark.parametrize("name", OTHERWISE)
@pytest.mark.parametrize("before", [Terms(purpose="Research."), CUT], ids=["whole", "cut"])
def test_whatever_term_changes_is_told(name: str, before: Terms) -> None:
    """Each term that is changed alone shows as one change, with what stood before and after."""
    after = replace(before, **{name: OTHERWISE[name]})
    changes = changes_of(PLAN, before.as_json(), PLAN, after.as_json(), "CNY")
    assert [change.old != change.new for change in changes] == [True]


def test_no_label_stands_twice() -> None:
    """Two lines under one label would hide one another where offers are compared."""
    labels = [label for label, _said in terms_facts(CUT.as_json())]
    assert len(labels) == len(set(labels))


def test_other_columns_stand_in_the_text_that_both_sign(world: World) -> None:
    """An amendment from two columns to one says so in its text."""
    terms = replace(given.OFFER.terms, columns=("line", "day"))
    order = given.signed(world, given.placed(world, given.published(world, terms=terms)))
    amendment = amendments.proposed(world, order, columns=("line",))
    assert "“Only these columns: line, day." in amendment.text
    assert "“Only these columns: line." in amendment.text
    assert Order.objects.get().agreed_terms.columns == ("line", "day")
