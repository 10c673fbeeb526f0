"""A field that nobody asked for is refused, by every serializer of the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import get_resolver, reverse
from rest_framework import serializers as plain

from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer, GroupSerializer
from tests.conftest import ApiClients
from tests.given.world import World

UNKNOWN, JSON = "xqzj", "application/json"
BASES = {serializers.Serializer, serializers.ModelSerializer, ActSerializer, GroupSerializer}
"""What has no fields until somebody says which."""


def below(cls: type[Any]) -> set[type[Any]]:
    """Return the classes that derive from one, at any depth."""
    found = set(cls.__subclasses__())
    return found.union(*(below(each) for each in found))


def ours() -> list[type[Any]]:
    """Return the serializers of the API; the views that take them are loaded first."""
    _ = get_resolver().url_patterns
    found = {
        f"{each.__module__}.{each.__qualname__}": each for each in below(plain.Serializer) - BASES
    }
    return [cls for name, cls in sorted(found.items()) if name.startswith("marketplace.")]


def test_every_serializer_refuses_what_it_does_not_know() -> None:
    """Beside what is missing; and names the field that was meant."""
    asked = 0
    for cls in ours():
        names = [name for name, field in cls().fields.items() if not field.read_only]
        near = [f"{name}x" for name in names if f"{name}x" not in names]
        taken = cls(data={UNKNOWN: 1, **dict.fromkeys(near[:5], 1)})
        assert not taken.is_valid(), cls
        assert "There is no such field." in taken.errors[UNKNOWN][0], cls
        assert taken.errors[UNKNOWN][0].code == "unknown-field"
        for name in near[:5]:
            assert "Did you mean" in taken.errors[name][0], cls
            asked += 1
    assert asked > 300


def test_the_nearest_is_named() -> None:
    """Else all that there are."""

    class Price(serializers.Serializer[Any]):
        amount = serializers.IntegerField()
        currency = serializers.CharField(required=False)
        paid_at = serializers.DateField(read_only=True)

    class Offer(serializers.Serializer[Any]):
        price = Price()

    taken = Offer(data={"price": {"amount": 1, "curency": "CNY", "paid_at": "2026-01-01"}})
    assert not taken.is_valid()
    assert taken.errors["price"] == {
        "curency": ["There is no such field. Did you mean “currency”?"],
        "paid_at": ["There is no such field. Use: amount, currency."],
    }
    assert Offer(data={"price": {"amount": 1}}).is_valid()
    assert Offer(data=QueryDict("price.amount=1&csrfmiddlewaretoken=x")).is_valid()
    assert not Offer(data=QueryDict("price.amount=1&prize.amount=2")).is_valid()
    assert not Offer(data={"price": {"amount": 1}, "price.amount": 2}).is_valid()


@pytest.mark.parametrize("name", ["\ud800", "x" * 100_000, "\x00", ""])
def test_a_name_gone_wild_is_told(api_of: ApiClients, world: World, name: str) -> None:
    """As far as it can be shown; nothing else happens."""
    body = {name: 1, **{f"field-{number}": number for number in range(1000)}}
    content = json.dumps({"name": "x", "days": 1, **body})
    answer = api_of("officer").generic("POST", reverse("api_create_token"), content, JSON)
    # What is no text at all is refused before.
    assert answer.status_code == (400 if name in ("\ud800", "\x00") else 422)
    assert len(answer.content) < 20_000
    assert api_of("officer").get(reverse("api_list_tokens")).json()["results"] == []
