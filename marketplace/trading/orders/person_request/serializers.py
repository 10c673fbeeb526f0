from typing import Any

from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.rules import acts_on_person_request
from marketplace.trading.orders.person_request.services import ask_as_person, refuse_person_request
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import serializer_of


class PersonAskedOut(serializers.ModelSerializer[PersonRequest]):
    """How far a request is, for whoever has its reference; never who asked."""

    class Meta:
        model = PersonRequest
        fields = ("reference", "kind", "state", "due_on", "reason", "decided_at", "created_at")


class PersonRequestOut(serializers.ModelSerializer[PersonRequest]):
    """A request, for the holder's officers and the centre's reviewers; never who asked."""

    rows_found = serializers.IntegerField(read_only=True)

    class Meta:
        model = PersonRequest
        fields: tuple[str, ...] = (
            *("id", "reference", "dataset", "kind", "state", "is_through_officer", "how_proved"),
            *("proved_at", "rows_found", "searched_at", "reason", "decided_at", "confirmed_at"),
            *("due_on", "reminded", "destroyed_at", "created_at"),
        )


class OnePersonRequestOut(PersonRequestOut):
    """A request with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_person_request)

    class Meta(PersonRequestOut.Meta):
        fields = (*PersonRequestOut.Meta.fields, "acts")


class IdentityOut(serializers.Serializer[Any]):
    """Who a person says to be."""

    name = serializers.CharField()
    identifiers = serializers.ListField(child=serializers.CharField())
    contact = serializers.CharField()
    words = serializers.CharField(allow_blank=True)


AskIn = serializer_of(
    ask_as_person, name="AskIn", about="What a person asks, and by what their rows are found."
)
PersonReasonIn = serializer_of(
    refuse_person_request, name="PersonReasonIn", about="Reasons that the person reads."
)


class HeldOut(serializers.Serializer[Any]):
    """What a version holds of a person; `rows` is null where it could not be read."""

    number = serializers.IntegerField()
    rows = serializers.IntegerField(allow_null=True)
    kept_until = serializers.CharField(allow_blank=True)
    copy = serializers.ListField(child=serializers.DictField())


class PersonAnswerOut(serializers.Serializer[Any]):
    """What is held about a person, where it came from, on what basis, and who received it."""

    dataset = serializers.CharField()
    holder = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)
    origin = serializers.CharField(allow_blank=True)
    recipients = serializers.ListField(child=serializers.CharField())
    versions = HeldOut(many=True)
