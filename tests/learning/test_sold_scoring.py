"""A buyer's program has rows scored by a model that stays in the centre, and each is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.core import clock
from marketplace.core.errors import Refusal
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.scoring.services import score_with_grant
from marketplace.delivery.use.models import QuotaPart, Use
from marketplace.delivery.use.selectors import metered, rows_left
from marketplace.delivery.use.services import IssuedKey
from marketplace.learning.model.models import Scoring
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import amendments, delivery, disputes, trading
from tests.given import learning as given
from tests.given.learning import ROW
from tests.given.threads import at_once
from tests.given.world import World
from tests.learning.test_offering import own_right, source_right, the_model

QUOTA, LEAST_QUERIES = 5, 11
MODE = "scoring"


@pytest.fixture
def grant(world: World) -> Grant:
    """Return a model's scoring that was bought, five rows of it."""
    return given.sold(world, MODE, quota=QUOTA)


def asked(issued: IssuedKey, *rows: Any, key: str = "", grant: Grant | None = None) -> Any:
    """Ask as a program does."""
    return APIClient().post(
        reverse("api_score_with_grant", args=[grant.pk if grant else issued.key.grant_id]),
        {"rows": list(rows)},
        headers={
            "Authorization": f"Bearer {issued.secret}",
            "Idempotency-Key": f'"{key or uuid4()}"',
        },
        format="json",
    )


def test_a_program_has_rows_scored_until_the_quota_is_used(
    grant: Grant, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The same request again counts once, a row that does not fit not at all."""
    issued = delivery.keyed(world, grant=grant)
    first = asked(issued, ROW, key="first")
    assert first.status_code == 200, first.content
    assert first.json()["scores"][0]["label"] == "yes"
    assert asked(issued, ROW, key="first").json() == first.json()
    assert Order.objects.get(pk=grant.order_id).state == "delivered"
    unfit = asked(issued, ROW, {**ROW, "first": "high"})
    assert (unfit.status_code, unfit.json()["code"]) == (422, "bad-row")
    assert rows_left(grant) == 4
    assert len(asked(issued, ROW, ROW).json()["scores"]) == 2
    more = asked(issued, ROW, ROW, ROW)
    assert (more.status_code, more.json()["code"]) == (409, "quota-used")
    token = api_of("buyer").post(reverse("api_score_with_grant", args=[grant.pk]), {"rows": [ROW]})
    assert token.status_code == 200, token.content
    assert asked(issued, ROW).status_code == 200
    assert asked(issued, ROW).json()["code"] == "quota-used"
    assert asked(issued, ROW, key="first").json() == first.json()
    other = asked(issued, ROW, ROW, key="first")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert (metered(grant).rows, delivery.left_in_parts(grant)) == (QUOTA, 0)
    assert sum(Scoring.objects.values_list("rows", flat=True)) == QUOTA
    for who in ("buyer", "officer"):
        page = page_of(who).get(reverse("grant_detail", args=[grant.pk])).content.decode()
        assert "0 of 5 rows are left" in page
        assert "4 requests, 5 rows" in page


def test_a_buyer_tries_a_row_in_the_browser(grant: Grant, page_of: PageClients) -> None:
    address = reverse("grant_score", args=[grant.pk])
    page = page_of("buyer").get(address).content.decode()
    assert "5 of 5 rows are left" in page
    filled = {"feature_0": "2.5", "feature_1": "", "feature_2": "north"}
    answer = page_of("buyer").post(address, filled).content.decode()
    assert "Label: yes" in answer
    assert "4 of 5 rows are left" in answer
    wrong = page_of("buyer").post(address, {**filled, "feature_2": "nowhere"})
    assert wrong.status_code == 422
    assert page_of("officer").get(address).status_code == 403


def revoked(grant: Grant) -> Any:
    """Take the access back."""
    return revoke_grant(grant.pk, reason="Misuse.", by=World().actor("reviewer"))


def suspended(grant: Grant) -> Any:
    """Suspend the offer."""
    return suspend_listing(grant.listing_id, reason="We check it.", by=World().actor("officer"))


def disputed(grant: Grant) -> Any:
    """Let the buyer object."""
    return disputes.opened(World(), grant.order)


@pytest.mark.parametrize(
    "ended", [source_right, own_right, the_model, revoked, suspended, disputed]
)
def test_scoring_stops_with_the_act(ended: Any, grant: Grant, world: World) -> None:
    """Though everything was asked a moment before, and is not asked anew while nothing is done."""
    issued = delivery.keyed(world, grant=grant)
    with clock.stopped_at(clock.now()):
        for _time in range(3):
            assert asked(issued, ROW).status_code == 200
        ended(grant)
        assert asked(issued, ROW).status_code == 409
    assert rows_left(grant) == QUOTA - 3


def test_while_nothing_is_done_little_is_asked(world: World) -> None:
    """The first request marks the order delivered; what the third asks must not grow."""
    grant = given.sold(world, MODE, quota=1000)
    issued, now = delivery.keyed(world, grant=grant), clock.now()
    counts = []
    for seconds in (0.0, 0.0, 0.9, 1.0):
        moment = now + timedelta(seconds=seconds)
        with clock.stopped_at(moment), CaptureQueriesContext(connection) as asked_for:
            assert asked(issued, ROW).status_code == 200
        counts.append(len(asked_for))
    _delivers, whole, little, anew = counts
    assert little <= LEAST_QUERIES < whole == anew


def test_what_ends_by_the_clock_is_seen_in_a_second(grant: Grant, world: World) -> None:
    """The licence runs out while nobody does anything."""
    by, last = world.actor("buyer"), grant.expires_at - timedelta(seconds=0.5)
    with clock.stopped_at(last):
        for _time in range(2):
            score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=by)
    with clock.stopped_at(last + timedelta(seconds=1)), pytest.raises(Refusal) as refused:
        score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=by)
    assert refused.value.code == "grant-expired"


def test_whoever_may_less_is_asked_anew(grant: Grant, world: World) -> None:
    """An answer is kept for one person as they are now: without the role it opens nothing."""
    by = world.actor("buyer")
    for _time in range(2):
        score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=by)
    for other in (replace(by, roles=frozenset()), world.actor("stranger")):
        with pytest.raises(Refusal):
            score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=other)
    assert rows_left(grant) == QUOTA - 2


def test_what_breaks_off_is_not_counted(grant: Grant, world: World) -> None:
    """Count and answer are one transaction: a process that is killed has counted nothing."""

    @transaction.atomic
    def killed() -> None:
        score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=world.actor("buyer"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert not Use.objects.exists()
    assert not QuotaPart.objects.exists()
    assert not Scoring.objects.exists()


def test_what_is_refused_is_not_counted(grant: Grant, world: World) -> None:
    """Nor kept by the model, whoever calls the act."""
    by = world.actor("buyer")
    with pytest.raises(Refusal) as refused:
        score_with_grant(grant.pk, rows=[ROW] * (QUOTA + 1), with_reasons=False, by=by)
    assert refused.value.code == "quota-used"
    assert not Use.objects.exists()
    assert not Scoring.objects.exists()


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_of_programs_at_once_each_row_is_counted_once() -> None:
    """Six ask for two rows each of five: two are answered, and no row is lost or doubled."""
    world = World()
    grant = given.sold(world, MODE, quota=QUOTA)
    by = world.actor("buyer")
    asked_at_once = at_once(
        6,
        lambda _number: score_with_grant(grant.pk, rows=[ROW, ROW], with_reasons=False, by=by),
    )
    refused = [one.code for one in asked_at_once if isinstance(one, Refusal)]
    assert refused == ["quota-used"] * 4
    assert (metered(grant).rows, delivery.left_in_parts(grant)) == (4, 1)


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_programs_at_once_take_a_quota_to_its_last_row() -> None:
    """Ten ask for a row each, three times; on the way what is left is shared out anew."""
    world = World()
    grant = given.sold(world, MODE, quota=27)
    by, told = world.actor("buyer"), []
    for _time in range(3):
        told += at_once(
            10,
            lambda _number: score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=by),
        )
    refused = [one.code for one in told if isinstance(one, Refusal)]
    assert refused == ["quota-used"] * 3
    assert (metered(grant).rows, delivery.left_in_parts(grant)) == (27, 0)


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_one_request_sent_by_many_at_once_counts_once() -> None:
    """Whoever comes second waits for the first, and is told the same."""
    world = World()
    grant = given.sold(world, MODE, quota=1000)
    issued = delivery.keyed(world, grant=grant)
    told: list[Any] = at_once(6, lambda _number: asked(issued, ROW, key="one"))
    assert [one.status_code for one in told] == [200] * 6
    assert all(one.json() == told[0].json() for one in told)
    assert (metered(grant).rows, delivery.left_in_parts(grant)) == (1, 999)


def test_another_quota_or_month_is_shared_out_anew(world: World) -> None:
    """Whatever the parts have left of the old one."""
    terms = replace(trading.OFFER.terms, quota_rows=1000, quota_window="month")
    grant, by = given.sold(world, MODE, terms=terms), world.actor("buyer")

    def left_after_one() -> int:
        score_with_grant(grant.pk, rows=[ROW], with_reasons=False, by=by)
        left = rows_left(Grant.objects.get(pk=grant.pk))
        assert left == delivery.left_in_parts(grant)
        return left

    assert [left_after_one(), left_after_one()] == [999, 998]
    amendments.in_force(world, amendments.proposed(world, grant.order, quota_rows=10))
    assert [left_after_one(), left_after_one()] == [7, 6]
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert left_after_one() == 9


def test_a_key_opens_its_own_grant_alone_and_a_table_scores_nothing(
    grant: Grant, world: World
) -> None:
    issued = delivery.keyed(world, grant=grant)
    rows = APIClient().get(
        reverse("api_get_grant_rows", args=[grant.pk]),
        headers={"Authorization": f"Bearer {issued.secret}"},
    )
    assert rows.json()["code"] == "another-mode"
    version = trading.masked(world)
    with pytest.raises(Exception, match="corrections"):
        draft_listing(
            version.pk, offer=trading.offer(delivery_mode=MODE), by=world.actor("officer")
        )
