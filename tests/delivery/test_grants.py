"""Grants: issued once the payment is held, revoked, expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.services import expire_grants, issue_grant, revoke_grant
from marketplace.ledger.models import Entry
from tests.given import delivery as given
from tests.given import trading
from tests.given.world import World


def test_grant_is_of_the_bytes_that_were_sold(world: World) -> None:
    """Their digest and size, for the months of the licence; issued once."""
    order = trading.paid(world)
    grant = given.granted(world, order)
    file = order.listing.revision.version.file
    assert (grant.sha256, grant.size, grant.mode) == (file.sha256, file.size, "file")
    assert grant.organization_id == order.buyer_id
    assert timedelta(days=364) < grant.expires_at - clock.now() <= timedelta(days=366)
    entries = Entry.objects.count()
    assert issue_grant(order.pk, by=trading.SYSTEM) == grant
    assert Entry.objects.count() == entries


def test_a_program_waits_for_the_grant_of_its_order(world: World, api_of: Any) -> None:
    """By the order alone; nobody else learns that there is one."""
    order = trading.paid(world)
    address = reverse("api_get_order_grant", args=[order.pk])
    early = api_of("buyer").get(address)
    assert early.status_code == 404
    assert early.json()["detail"].startswith("Access is not open.")
    grant = given.granted(world, order)
    assert api_of("buyer").get(address).json()["id"] == str(grant.pk)
    assert api_of("officer").get(address).json()["id"] == str(grant.pk)
    told = api_of("stranger").get(address)
    assert told.status_code == 404
    assert "not open" not in told.json()["detail"]


def test_who_may_issue(world: World) -> None:
    """The centre's software alone, and only for money that is held."""
    order = trading.signed(world)
    with pytest.raises(WrongState):
        issue_grant(order.pk, by=trading.SYSTEM)
    for person in ("buyer", "officer", "reviewer"):
        with pytest.raises(NotAllowed):
            issue_grant(order.pk, by=world.actor(person))
    assert not Grant.objects.exists()


def test_revocation(world: World) -> None:
    """A reviewer with a reason, once; no side of the contract."""
    grant = given.granted(world)
    for person in ("buyer", "officer", "auditor", "treasurer"):
        by = world.actor(person)
        if person == "treasurer":
            assert not grants_visible_to(by).exists()
            continue
        with pytest.raises(NotAllowed):
            revoke_grant(grant.pk, reason="Because.", by=by)
    reviewer = world.actor("reviewer")
    with pytest.raises(Invalid):
        revoke_grant(grant.pk, reason=" ", by=reviewer)
    assert Grant.objects.get().state == "active"
    revoked = revoke_grant(grant.pk, reason="Used against the contract.", by=reviewer)
    assert (revoked.state, revoked.reason) == ("revoked", "Used against the contract.")
    with pytest.raises(WrongState):
        revoke_grant(grant.pk, reason="Again.", by=reviewer)


def test_expiry(world: World) -> None:
    """The licence runs out; people cannot run the watch."""
    grant = given.granted(world)
    assert expire_grants(by=trading.SYSTEM) == []
    with clock.stopped_at(grant.expires_at):
        with pytest.raises(NotAllowed):
            expire_grants(by=world.actor("reviewer"))
        assert expire_grants(by=trading.SYSTEM) == [grant.pk]
        assert expire_grants(by=trading.SYSTEM) == []
    assert Grant.objects.get().state == "expired"


def test_who_sees_a_grant(world: World) -> None:
    """Both sides and the centre's staff."""
    given.granted(world)
    for person in ("buyer", "second_buyer", "officer", "reviewer", "auditor"):
        assert grants_visible_to(world.actor(person)).exists(), person
    for person in ("stranger", "pending"):
        assert not grants_visible_to(world.actor(person)).exists(), person
