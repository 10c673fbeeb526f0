"""The API of requests of persons: to ask, to prove, to answer, to confirm, to pick up."""

from typing import Any

from marketplace.core import Actor
from marketplace.trading.orders.person_request import selectors, serializers, services
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.web.api import ActView, ThingView
from marketplace.web.taking import serializer_of


class AskAsPerson(ActView):
    """Ask as the person concerned, without an account. Keep the reference."""

    takes = serializers.AskIn
    gives = serializers.PersonAskedOut
    creates = True
    made_at = "get_asked_by_person"
    made_by = "reference"
    is_public = True
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

    takes = serializer_of(
        services.pick_up_answer,
        name="PickUpIn",
        about="The reference, and one of the identifiers that were given.",
    )
    gives = serializers.PersonAnswerOut
    is_public = True
    keeps_answer = False
    summary = "Read what is held about you"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, Any]:
        return services.pick_up_answer(**data, by=by)
