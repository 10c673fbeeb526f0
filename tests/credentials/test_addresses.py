"""What names a credential or a certificate is the id by which its address is made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.conftest import ApiClients
from tests.given import described, learning
from tests.given import trading as given
from tests.given.world import World

NAMES = {"credential", "certificate"}


def forms_of(schema: dict[str, Any]) -> set[str]:
    """Return the forms of a value that is a text; none for an object, which is the thing itself."""
    kinds = schema.get("type", [])
    is_text = "string" in ([kinds] if isinstance(kinds, str) else kinds)
    return {schema.get("format", "text")} if is_text else set()


def test_each_is_named_by_its_id() -> None:
    """A number, by which people check a certificate, is called a number."""
    schemas = described.description()["components"]["schemas"]
    found = {
        f"{name}.{field}": forms_of(schema["properties"][field])
        for name, schema in schemas.items()
        for field in NAMES & set(schema.get("properties", ()))
    }
    texts = {place: forms for place, forms in found.items() if forms}
    assert len(texts) > 10
    assert {place for place, forms in texts.items() if forms != {"uuid"}} == set()


def test_one_address_opens_them_all(world: World, api_of: ApiClients) -> None:
    """Of a certificate, a valuation, a risk report and a model."""
    listing = given.published(world)
    valuation = listing.appraisal
    assert valuation is not None
    model = learning.model(world)
    for name, pk in (
        ("api_get_certificate", listing.certificate_id),
        ("api_get_appraisal", valuation.pk),
        ("api_get_risk_report", listing.risk_report_id),
        ("api_get_model", model.pk),
    ):
        thing = api_of("officer").get(reverse(name, args=[pk])).json()
        read = api_of("officer").get(reverse("api_get_credential", args=[thing["credential"]]))
        assert read.status_code == 200, name
        assert read.json()["id"] == thing["credential"]
