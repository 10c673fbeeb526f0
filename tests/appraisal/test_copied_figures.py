"""The figures of another valuation begin one; what the right says is of the data valued now."""

from __future__ import annotations

import uuid
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.models import Appraisal
from tests.conftest import PageClients
from tests.given import appraisal as given
from tests.given.catalog import approved_dataset
from tests.given.world import World

pytestmark = pytest.mark.django_db


def test_figures_are_filled_in_and_nothing_is_kept(world: World, page_of: PageClients) -> None:
    former = given.drafted(world, remaining_life_years="1.25")
    other = given.valuable(world, dataset=approved_dataset(world, title="More trips"))
    address = reverse("appraisal_draft", args=[other.pk])
    client = page_of("officer")
    plain = client.get(address)
    assert former.dataset.title in unescape(plain.content.decode())
    first, answer = plain.context["guide"], client.get(address, {"copy": str(former.pk)})
    [before], [form] = first.approaches, answer.context["guide"].approaches
    assert Decimal(str(form["direct"].value())) == Decimal(given.COSTS["direct"])
    assert form["direct_source"].value() == "Voucher of direct"
    assert form["remaining_life_years"].value() == before["remaining_life_years"].value() != "1.25"
    assert "not of the other data" in unescape(answer.content.decode())
    assert Appraisal.objects.get() == former
    assert client.get(address, {"copy": str(uuid.uuid4())}).status_code == 404
