"""What pages and API offer of a delivery is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from desensitize.privacy.sandbox import Question
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Refusal
from marketplace.core.rules import is_open
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_retry_copy
from marketplace.delivery.grant.services import (
    expire_grants,
    look_at_codebook,
    look_at_download,
    retry_copy,
)
from marketplace.delivery.pages.acts import ACTS_ON_GRANT, acts_on_grant
from marketplace.delivery.report.services import open_report
from marketplace.delivery.sandbox.services import ask_question
from marketplace.delivery.scoring.services import score_table_with_grant, score_with_grant
from marketplace.delivery.use.models import GrantKey
from marketplace.delivery.use.rules import ACTS_ON_KEY, acts_on_key
from marketplace.delivery.use.services import make_grant_key, revoke_grant_key
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import copies, disputes, learning, reports, sandboxes
from tests.given import delivery as given
from tests.given import trading as trade
from tests.given.learning import ROW
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("officer", "buyer", "reviewer", "second_reviewer", "stranger", "auditor")
WHY = "For a reason."


def goes_through(act: Callable[[], object]) -> bool:
    """Tell whether what records nothing is not refused."""
    try:
        act()
    except Refusal:
        return False
    return True


TABLE = "\n".join([",".join(ROW), ",".join(str(value) for value in ROW.values())])


def tried(grant: Grant, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a grant can offer."""
    pk = grant.pk
    asked = Question("sum", column="boardings")
    more = {
        "open_download": goes_through(lambda: look_at_download(pk, by=by)),
        "look_at_codebook": goes_through(lambda: look_at_codebook(pk, by=by)),
        "open_report": accepts(lambda: open_report(pk, by=by)),
        "ask_question": accepts(
            lambda: ask_question(pk, question=asked, epsilon=Decimal("0.5"), by=by)
        ),
        "score_with_grant": accepts(
            lambda: score_with_grant(pk, rows=[ROW], with_reasons=False, by=by)
        ),
        "score_table_with_grant": accepts(
            lambda: score_table_with_grant(pk, table=TABLE.encode(), by=by)
        ),
        "make_grant_key": accepts(lambda: make_grant_key(pk, days=1, by=by)),
    }
    return accepted_acts(ACTS_ON_GRANT, pk, by, more)


def expired(world: World) -> Grant:
    """Let the licence of a grant run out."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at):
        expire_grants(by=trade.SYSTEM)
    return grant


def suspended(world: World) -> Grant:
    """Suspend the listing of what was bought."""
    grant = given.granted(world)
    suspend_listing(grant.listing_id, reason=WHY, by=world.actor("officer"))
    return grant


def frozen(world: World) -> Grant:
    """Freeze the right to what was bought."""
    grant = given.granted(world)
    assert grant.listing.certificate_id is not None
    freeze_certificate(grant.listing.certificate_id, reason=WHY, by=world.actor("reviewer"))
    return grant


def disputed(world: World) -> Grant:
    """Dispute what was delivered."""
    grant = given.granted(world)
    mark_delivered(grant.order_id, by=trade.SYSTEM)
    disputes.opened(world, grant.order)
    return grant


def exhausted(world: World) -> Grant:
    """Spend the whole budget of a sandbox."""
    grant = sandboxes.granted(world)
    for question in (sandboxes.COUNT, Question("sum", column="delay_minutes")):
        ask_question(grant.pk, question=question, epsilon=Decimal("0.5"), by=world.actor("buyer"))
    return grant


GRANTS: dict[str, Callable[[World], Grant]] = {
    "file": given.granted,
    "programs": given.for_programs,
    "sandbox": sandboxes.granted,
    "exhausted": exhausted,
    "report": reports.granted,
    "scoring": lambda world: learning.sold(world, "scoring"),
    "revoked": given.revoked,
    "expired": expired,
    "suspended": suspended,
    "frozen": frozen,
    "disputed": disputed,
}


@pytest.mark.parametrize("state", GRANTS)
def test_a_grant_offers_what_is_accepted(state: str, world: World) -> None:
    """What was bought to its buyer, and to reviewers that it is taken back."""
    pk = GRANTS[state](world).pk
    for person in PEOPLE:
        by, grant = world.actor(person), Grant.objects.get(pk=pk)
        assert dict(acts_on_grant(grant, by)) == tried(grant, by), person


def stopped(world: World) -> GrantKey:
    """Revoke a key."""
    return revoke_grant_key(given.keyed(world).key.pk, by=world.actor("buyer"))


KEYS: dict[str, Callable[[World], GrantKey]] = {
    "in-force": lambda world: given.keyed(world).key,
    "revoked": stopped,
}


@pytest.mark.parametrize("state", KEYS)
def test_a_key_offers_what_is_accepted(state: str, world: World) -> None:
    """To the buyer alone."""
    key = KEYS[state](world)
    for person in PEOPLE:
        by = world.actor(person)
        assert dict(acts_on_key(key, by)) == accepted_acts(ACTS_ON_KEY, key.pk, by), person


ORDERS: dict[str, Callable[[World], Order]] = {
    "as-it-is": trade.paid,
    "asked": lambda world: asked_for(world),
    "broken": lambda world: broken(world),
}


def asked_for(world: World) -> Order:
    """Ask for the copy of a paid order."""
    order = copies.ordered(world, columns=("line",))
    copies.asked(world, order)
    return order


def broken(world: World) -> Order:
    """Have the writing of a copy fail."""
    order = copies.ordered(world, columns=("line",))
    copies.broken(world, order)
    return order


@pytest.mark.parametrize("state", ORDERS)
def test_a_copy_is_written_again_for_whom_it_is_offered_to(state: str, world: World) -> None:
    """The seller's officers and reviewers, where the writing broke."""
    pk = ORDERS[state](world).pk
    for person in PEOPLE:
        by, order = world.actor(person), Order.objects.get(pk=pk)
        assert is_open(check_retry_copy, order, by) == retries(pk, by), person


def retries(pk: UUID, by: Actor) -> bool:
    """Try to have a copy written again."""
    return accepts(lambda: retry_copy(pk, by=by))


def test_pages_and_api_ask_the_rules(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """A page has the buttons, the API the sentences."""
    grant = disputed(world)
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert f'href="{reverse("grant_download", args=[grant.pk])}"' not in page
    acts = api_of("buyer").get(reverse("api_get_grant", args=[grant.pk])).json()["acts"]
    assert acts["open_download"]["code"] == "order-disputed"
    acts = api_of("reviewer").get(reverse("api_get_grant", args=[grant.pk])).json()["acts"]
    assert acts["revoke_grant"] == {"allowed": True}
