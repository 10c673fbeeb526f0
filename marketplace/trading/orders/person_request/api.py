"""The API of requests of persons: to ask, to prove, to answer, to confirm, to pick up."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.trading.orders.person_request import selectors, serializers, services
from marketplace.trading.orders.person_request.filters import PersonRequestFilters
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.web.api import ActView, ThingView, act_view, list_view, thing_view


class AskAsPerson(ActView):
    """Ask as the person concerned, without an account. Keep the reference."""

    takes = serializers.AskIn
    gives = serializers.PersonAskedOut
    creates = True
    made_at = "get_asked_by_person"
    made_by = "reference"
    is_public = True
    operation = "ask_as_person"
    summary = "Ask what is held about you, object, or withdraw consent"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PersonRequest:
        return services.ask_as_person(**data, by=by)


class AskedByPerson(ThingView):
    """How far a request is, by its reference."""

    gives = serializers.PersonAskedOut
    operation = "get_asked_by_person"
    summary = "See how far your request is"
    is_public = True

    def thing(self, by: Actor, **ids: Any) -> PersonRequest:
        return selectors.person_request_of(ids["reference"])


class PickUpAnswer(ActView):
    """Read what is held about you, with the reference and one of the identifiers that you gave."""

    takes = serializers.PickUpIn
    gives = serializers.PersonAnswerOut
    is_public = True
    keeps_answer = False
    operation = "pick_up_answer"
    summary = "Read what is held about you"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, Any]:
        return services.pick_up_answer(**data, by=by)


AskForPerson = act_view(
    services.ask_for_person,
    scope=Scope.TRADE,
    takes=serializers.RecordIn,
    gives=serializers.PersonRequestOut,
    creates=True,
    made_at="get_person_request",
    summary="Record what a person asks",
)

PersonRequests = list_view(
    selectors.person_requests_visible_to,
    operation="list_person_requests",
    filters=PersonRequestFilters,
    gives=serializers.PersonRequestOut,
    summary="List requests of persons",
    about="Requests of persons: for officers those of their data, for reviewers all.",
)

OnePersonRequest = thing_view(
    selectors.person_requests_visible_to,
    operation="get_person_request",
    gives=serializers.OnePersonRequestOut,
    summary="Get a request of a person",
    about="A request of a person, with the acts on it that are open to you.",
)

ReadIdentity = act_view(
    services.read_identity,
    scope=Scope.ADMINISTER,
    gives=serializers.IdentityOut,
    keeps_answer=False,
    summary="Read who asks",
)

ProveIdentity = act_view(
    services.prove_identity,
    scope=Scope.ADMINISTER,
    takes=serializers.ProveIn,
    gives=serializers.PersonRequestOut,
    summary="State that an identity is proved",
)

CloseUnproven = act_view(
    services.close_unproven,
    scope=Scope.ADMINISTER,
    takes=serializers.PersonReasonIn,
    gives=serializers.PersonRequestOut,
    summary="Close a request whose identity is not proved",
)

GrantPersonRequest = act_view(
    services.grant_person_request,
    scope=Scope.TRADE,
    takes=serializers.GrantIn,
    gives=serializers.PersonRequestOut,
)

RefusePersonRequest = act_view(
    services.refuse_person_request,
    scope=Scope.TRADE,
    takes=serializers.PersonReasonIn,
    gives=serializers.PersonRequestOut,
)

ConfirmRemoval = act_view(
    services.confirm_removal,
    scope=Scope.ADMINISTER,
    gives=serializers.PersonRequestOut,
    summary="Confirm that a person's rows leave",
)
