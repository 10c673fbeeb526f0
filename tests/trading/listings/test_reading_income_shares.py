"""Who learns from a share of income whose data it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.trading.listings.income_share.services import answer_income_share
from tests.conftest import PageClients
from tests.given import annotation
from tests.given import income_shares as given
from tests.given.world import World


@pytest.mark.parametrize("person", ["annotator", "former"])
def test_who_labels_learns_nothing_of_the_seller(
    world: World, page_of: PageClients, person: str
) -> None:
    """Neither an annotator of the organization that is paid by shares, nor who holds no role."""
    annotation.services(world)
    share = given.proposed(world, source="labeller")
    answer_income_share(share.pk, is_agreed=True, by=world.actor("labeller"))
    if person == "former":
        world.person("annotator").role_grants.all().delete()
    visitor = page_of("annotator")
    addresses = [
        *(reverse("income_share_list"), reverse("api_list_income_shares")),
        *(
            reverse(name, args=[share.pk])
            for name in ("income_share_detail", "api_get_income_share")
        ),
    ]
    answers = [visitor.get(address) for address in addresses]
    told = "".join(answer.content.decode() for answer in answers)
    seller, title = share.listing.organization.name, share.listing.title
    assert seller not in told
    assert title not in told
    assert str(share.listing_id) not in told
    assert [answer.status_code for answer in answers[2:]] == [404, 404]
    assert title in page_of("labeller").get(addresses[0]).content.decode()
