"""Data collected in statutory duty is registered as public data, by its truthful source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import register_dataset
from marketplace.core.errors import Invalid, WrongState
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.registration.presentation import obstacle_to
from marketplace.rights.registration.services import draft_claim, submit_claim
from marketplace.rights.transfer.services import open_transfer
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.listing.states import ListingState
from tests.conftest import ApiClients, PageClients
from tests.given import rights as given
from tests.given import trading
from tests.given.catalog import DESCRIPTION, approved_dataset
from tests.given.sold_rights import PRICE
from tests.given.world import World

PUBLIC = "CN-public-data"
DUTY: dict[str, Any] = {"source_kind": "statutory_duty", "asset_kind": "government"}


def duty_dataset(world: World) -> Dataset:
    """Return approved data that the bureau collected in its statutory duty."""
    return approved_dataset(world, **DUTY)


def test_duty_data_reaches_the_market_as_public_data(world: World) -> None:
    """With the procedure that fits where none is named, and under the price ceiling."""
    version = trading.masked(world, duty_dataset(world))
    trading.valued(world, version)
    listing = trading.published(world, version=version)
    assert listing.state == ListingState.PUBLISHED
    assert listing.certificate is not None
    assert listing.certificate.claim.procedure == PUBLIC
    assert str(listing.certificate.claim.term_years) == "3"


def test_the_procedure_of_property_is_refused_and_the_right_one_is_named(world: World) -> None:
    """The sentence names what the form offers, on the field to change; it then goes through."""
    dataset, by = duty_dataset(world), world.actor("officer")
    with pytest.raises(Invalid) as refused:
        draft_claim(dataset.pk, rights=given.ALL_RIGHTS, term_years=3, procedure="CN", by=by)
    assert refused.value.code == "not-registrable-public-duty-data"
    assert "Public-data resource or product" in refused.value.fields["procedure"][0]
    claim = draft_claim(dataset.pk, rights=given.ALL_RIGHTS, term_years=3, procedure=PUBLIC, by=by)
    with pytest.raises(Invalid) as lacking:
        submit_claim(claim.pk, by=by)
    assert lacking.value.code == "duty-not-shown"
    given.attached(world, claim)
    assert submit_claim(claim.pk, by=by).state == "submitted"


def test_the_form_of_the_claim_is_filled_in(world: World, page_of: PageClients) -> None:
    """Procedure, rights and term stand there; sent as they stand, they are accepted."""
    dataset = duty_dataset(world)
    assert obstacle_to(dataset) == ""
    address = reverse("claim_draft", args=[dataset.pk])
    page = page_of("officer").get(address)
    form = page.context["form"]
    sent = {name: form[name].initial for name in ("procedure", "rights", "term_years")}
    assert (sent["procedure"], sent["rights"]) == (PUBLIC, ["hold", "use", "operate"])
    assert "registered as a public-data resource" in page.content.decode()
    assert page_of("officer").post(address, sent).status_code == 302


def test_registration_tells_how_the_data_will_be_registered(
    world: World, page_of: PageClients
) -> None:
    """At once, and on the page of the dataset."""
    sent = DESCRIPTION.__dict__ | DUTY
    answer = page_of("officer").post(reverse("dataset_register"), sent, follow=True)
    assert "registered as a public-data resource" in answer.content.decode()
    page = page_of("officer").get(reverse("dataset_detail", args=[Dataset.objects.get().pk]))
    assert "registered as a public-data resource" in page.content.decode()


def test_duty_data_is_never_market_data(world: World, api_of: ApiClients) -> None:
    """Told at registration, on the field; no other procedure would register it."""
    wrong: DatasetDescription = replace(DESCRIPTION, source_kind="statutory_duty")
    wrong = replace(wrong, asset_kind="market")
    with pytest.raises(Invalid) as refused:
        register_dataset(description=wrong, by=world.actor("officer"))
    assert "public data" in refused.value.fields["asset_kind"][0]
    answer = api_of("officer").post(reverse("api_register_dataset"), wrong.__dict__)
    assert answer.status_code == 422
    dataset = duty_dataset(world)
    Dataset.objects.filter(pk=dataset.pk).update(asset_kind="market")
    dataset.refresh_from_db()
    assert "Describe its kind" in obstacle_to(dataset)


def test_a_company_shows_the_public_registration(world: World) -> None:
    """Of public-service data too, whatever its source."""
    dataset = approved_dataset(world, asset_kind="public_service", source_kind="own_production")
    Organization.objects.filter(pk=dataset.organization_id).update(kind="company")
    dataset.refresh_from_db()
    claim = given.complete_claim(world, dataset=dataset)
    with pytest.raises(Invalid) as refused:
        submit_claim(claim.pk, by=world.actor("officer"))
    assert refused.value.code == "public-registration-missing"
    given.attached(world, claim, kind=EvidenceKind.PUBLIC_REGISTRATION)
    assert submit_claim(claim.pk, by=world.actor("officer")).state == "submitted"


def test_what_is_no_property_does_not_pass_to_somebody_else(world: World) -> None:
    """Neither by a transfer, nor by an offer of the right itself."""
    version = trading.masked(world, duty_dataset(world))
    certificate = given.certified(world, dataset=version.dataset)
    with pytest.raises(WrongState) as refused:
        open_transfer(
            certificate.pk,
            acquirer_id=world.organization("stranger").pk,
            by=world.actor("officer"),
        )
    assert refused.value.code == "not-transferable-public-duty-data"
    of_right = trading.offer(delivery_mode="right", price=PRICE, exclusive=True)
    with pytest.raises(Invalid) as sold:
        draft_listing(version.pk, offer=of_right, by=world.actor("officer"))
    assert "no property" in sold.value.fields["delivery_mode"][0]
