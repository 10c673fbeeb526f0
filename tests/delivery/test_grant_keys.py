"""Keys of grants: told once, replaced, revoked, and good for their grant alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.accounts.member.services import deactivate_person
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.models import GrantKey
from marketplace.delivery.use.services import IssuedKey, make_grant_key, revoke_grant_key
from tests.conftest import ApiClients
from tests.given import delivery as given
from tests.given.by_owner import altered
from tests.given.delivery import rows_of
from tests.given.world import World


def test_a_program_is_given_the_profile_of_a_shared_table(world: World, api_of: ApiClients) -> None:
    """With the secret and the address, as the page saves it; other keys need none."""
    shared, rows = given.for_programs(world, "sharing"), given.for_programs(world)
    client = api_of("buyer")
    made = client.post(reverse("api_make_grant_key", args=[shared.pk]), {"days": 30}).json()
    profile = json.loads(made["profile"])
    assert profile["bearerToken"] == made["secret"]
    assert profile["shareCredentialsVersion"] == 1
    listed = APIClient().get(
        f"{profile['endpoint']}/shares", headers={"Authorization": f"Bearer {made['secret']}"}
    )
    assert listed.json()["items"][0]["name"] == "centre"
    other = client.post(reverse("api_make_grant_key", args=[rows.pk]), {"days": 30}).json()
    assert other["profile"] is None


def test_expired_licence(world: World) -> None:
    """Key and licence end together at the latest."""
    issued = given.keyed(world)
    with clock.stopped_at(issued.key.grant.expires_at - timedelta(days=5)):
        late = make_grant_key(issued.key.grant_id, days=30, by=world.actor("buyer"))
    assert late.key.expires_at == issued.key.grant.expires_at
    with clock.stopped_at(issued.key.grant.expires_at):
        assert rows_of(late).status_code == 401


def test_keys_that_open_nothing(world: World) -> None:
    """Replaced, revoked, expired, of a person who left, of another grant, or made up."""
    issued = given.keyed(world)
    again = make_grant_key(issued.key.grant_id, days=1, by=world.actor("buyer"))
    assert rows_of(issued).status_code == 401
    assert rows_of(again).status_code == 200
    assert again.secret not in str(list(GrantKey.objects.values_list("digest", flat=True)))
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert rows_of(again).status_code == 401
    revoke_grant_key(again.key.pk, by=world.actor("buyer"))
    assert rows_of(again).status_code == 401
    other = make_grant_key(issued.key.grant_id, days=1, by=world.actor("second_buyer"))
    assert rows_of(other).status_code == 200
    deactivate_person(world.person("second_buyer").pk, by=world.actor("buyer"))
    assert rows_of(other).status_code == 401
    assert rows_of(IssuedKey(other.key, "dgk_made-up")).status_code == 401
    assert rows_of(IssuedKey(other.key, "two words")).status_code == 401


def test_a_key_opens_its_grant_alone(world: World, api_of: Any) -> None:
    """Neither other addresses nor other grants; and a person's session opens no rows."""
    issued = given.keyed(world)
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert APIClient().get(reverse("api_list_grants"), headers=headers).status_code == 401
    stranger = reverse("api_get_grant_rows", args=["00000000-0000-4000-8000-000000000000"])
    assert APIClient().get(stranger, headers=headers).status_code == 404
    own = reverse("api_get_grant_rows", args=[issued.key.grant_id])
    assert api_of("buyer").get(own).status_code == 401


def test_who_makes_keys(world: World) -> None:
    """Buyers, of a grant for programs that is open, for up to a year."""
    grant = given.for_programs(world)
    with pytest.raises(NotAllowed):
        make_grant_key(grant.pk, days=1, by=world.actor("officer"))
    for days in (0, 366):
        with pytest.raises(Invalid):
            make_grant_key(grant.pk, days=days, by=world.actor("buyer"))
    altered(Grant.objects.all(), mode="file")
    with pytest.raises(WrongState) as refused:
        make_grant_key(grant.pk, days=1, by=world.actor("buyer"))
    assert refused.value.code == "no-key-needed"
    assert not GrantKey.objects.exists()


def test_the_page_shows_a_new_key_once(world: World, page_of: Any) -> None:
    """With programs that have it in them; both sides see the use, only the buyer the form."""
    issued = given.keyed(world)
    rows_of(issued, limit=2)
    buyer, address = page_of("buyer"), reverse("grant_detail", args=[issued.key.grant_id])
    made = buyer.post(reverse("grant_key_make", args=[issued.key.grant_id]), {"days": 30})
    text = made.content.decode()
    assert "dgk_" in text
    assert "import pandas" in text
    assert "dgk_" not in buyer.get(address).content.decode()
    assert "YOUR-KEY" in buyer.get(address).content.decode()
    wrong = buyer.post(reverse("grant_key_make", args=[issued.key.grant_id]), {"days": 0})
    assert wrong.status_code == 422
    seller = page_of("officer").get(address).content.decode()
    assert "Rows through the API" in seller
    assert "Make a new key" not in seller
