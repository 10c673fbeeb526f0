"""A designated registry gives the national code; any other centre a pre-registration."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from marketplace.core import clock
from marketplace.credentials.selectors import claims_of
from marketplace.rights.certificate.registry import registry_place
from marketplace.rights.checks import check_registry
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.world import World


def test_a_designated_registry_gives_the_national_code(
    world: World, page_of: PageClients, settings: Any
) -> None:
    """SJ, region, registry, month and serial: 15 characters, counted by month."""
    settings.CENTRE = settings.CENTRE | {"REGISTRY": "35A"}
    with clock.stopped_at(given.at("2026-11-05")):
        first, second = (
            given.certified(world, dataset=approved_dataset(world, title=f"Trips {number}"))
            for number in (1, 2)
        )
    with clock.stopped_at(given.at("2026-12-01")):
        third = given.certified(world, dataset=approved_dataset(world, title="Trips 3"))
    numbers = [each.number for each in (first, second, third)]
    assert numbers == ["SJ35A2026110001", "SJ35A2026110002", "SJ35A2026120001"]
    assert {len(number) for number in numbers} == {15}
    assert claims_of(first.credential)["nature"] == "registration"
    for person, address in (
        ("officer", reverse("certificate_detail", args=[first.pk])),
        ("", reverse("credential_sheet", args=[first.credential_id])),
    ):
        page = page_of(person).get(address).content.decode()
        assert "as a designated registry, under the national code" in page
        assert "Pre-registration" not in page
    checked = page_of("").get(reverse("verify"), {"number": first.number}).content.decode()
    assert first.number in checked


def test_any_other_centre_pre_registers(world: World, page_of: PageClients) -> None:
    """Under a number of its own, and its pages say so."""
    certificate = given.certified(world)
    assert certificate.number.startswith("PR-")
    assert claims_of(certificate.credential)["nature"] == "pre-registration"
    for person, address in (
        ("officer", reverse("certificate_detail", args=[certificate.pk])),
        ("", reverse("credential_sheet", args=[certificate.credential_id])),
    ):
        page = page_of(person).get(address).content.decode()
        assert "Pre-registration" in page
        assert "designated registry, under" not in page


@pytest.mark.parametrize("place", ["35", "3A5", "35AB", "35a", "SJ3"])
def test_a_wrong_setting_is_told(settings: Any, place: str) -> None:
    """Before a wrong code is given to anybody."""
    settings.CENTRE = settings.CENTRE | {"REGISTRY": place}
    with pytest.raises(ImproperlyConfigured, match="CENTRE_REGISTRY"):
        registry_place()
    assert [each.id for each in check_registry(None)] == ["rights.E001"]
