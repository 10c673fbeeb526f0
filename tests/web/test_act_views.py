"""API views that only hand on: what they are called, and what reaches the act."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIRequestFactory, force_authenticate

from marketplace.accounts.models import Person
from marketplace.core.actor import NOBODY, Actor
from marketplace.core.arguments import Reason
from marketplace.core.scopes import Scope
from marketplace.web.api import act_view, summary_of
from marketplace.web.bounded import serializers


class EchoOut(serializers.Serializer[Any]):
    """What an act was called with."""

    thing = serializers.CharField()
    reason = serializers.CharField()


def return_thing(
    thing_id: UUID, *, reason: Annotated[str, Reason(longest=500)], by: Actor
) -> dict[str, str]:
    """Send a thing back.

    The second paragraph is for who calls the function.
    """
    assert by is NOBODY
    return {"thing": str(thing_id), "reason": reason}


@pytest.mark.parametrize(
    ("operation", "summary"),
    [
        ("list_orders", "List orders"),
        ("open_appeal", "Open an appeal"),
        ("get_risk_report", "Get a risk report"),
    ],
)
def test_an_operation_names_its_summary(operation: str, summary: str) -> None:
    """With the article that the noun asks for."""
    assert summary_of(operation) == summary


def test_what_was_sent_reaches_the_act_by_name() -> None:
    """The id of the address comes first, and the answer is what the act returned."""
    route = act_view(
        "things/<uuid:pk>/",
        return_thing,
        scope=Scope.TRADE,
        gives=EchoOut,
        creates=True,
    )
    view = vars(route.callback)["cls"]
    assert (route.name, view.__name__, view.operation, view.summary) == (
        "api_return_thing",
        "ReturnThing",
        "return_thing",
        "Return a thing",
    )
    assert view.__doc__ == "Send a thing back."
    asked = APIRequestFactory().post("/", {"reason": "Too early."}, format="json")
    force_authenticate(asked, user=Person())
    thing = uuid4()
    answer = view.as_view()(asked, pk=thing)
    assert answer.status_code == 201
    assert answer.data == {"thing": str(thing), "reason": "Too early."}
