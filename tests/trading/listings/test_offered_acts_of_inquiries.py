"""What is offered on inquiries is what the acts accept, for every state and party."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.rules import ACTS_ON_INQUIRY, acts_on_inquiry
from marketplace.trading.listings.inquiry.services import answer_inquiry
from tests.given import inquiries as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("officer", "buyer", "reviewer", "stranger", "treasurer")
INQUIRIES: dict[str, Callable[[World], Inquiry]] = {
    "asked": given.asked,
    "answered": given.answered,
    "withheld": given.withheld,
}


@pytest.mark.parametrize("state", INQUIRIES)
def test_an_inquiry_offers_what_is_accepted(state: str, world: World) -> None:
    """To its seller, to the centre's reviewers and to nobody else."""
    pk = INQUIRIES[state](world).pk
    for person in PEOPLE:
        by, inquiry = world.actor(person), Inquiry.objects.get(pk=pk)
        answered = accepts(partial(answer_inquiry, pk, answer="Another.", by=by))
        tried = accepted_acts(ACTS_ON_INQUIRY, pk, by, {"answer_inquiry": answered})
        assert dict(acts_on_inquiry(inquiry, by)) == tried, person
