from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.rules import acts_on_endpoint
from marketplace.outbound.endpoint.services import RevealedSecret, choose_events, register_endpoint
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import serializer_of

EventsIn = serializer_of(choose_events, name="EventsIn", about="Of what an endpoint is told.")
EndpointIn = serializer_of(
    register_endpoint, name="EndpointIn", about="An address, and of what it is told."
)


class EndpointOut(serializers.ModelSerializer[Endpoint]):
    """An endpoint, without its secret.

    `failing_since` is null while it takes what it is sent; `disabled_code` says why the centre
    disabled it; until `secret_before_until` the secret of before signs too.
    """

    events = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Endpoint
        fields: tuple[str, ...] = (
            *("id", "address", "events", "state", "failures", "failing_since"),
            *("disabled_code", "secret_before_until", "created_at"),
        )


class OneEndpointOut(EndpointOut):
    """An endpoint with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_endpoint)

    class Meta(EndpointOut.Meta):
        fields = (*EndpointOut.Meta.fields, "acts")


class RevealedSecretOut(serializers.Serializer[RevealedSecret]):
    """An endpoint with its secret, told once."""

    id = serializers.UUIDField(source="endpoint.pk")
    address = serializers.CharField(source="endpoint.address")
    events = serializers.ListField(child=serializers.CharField(), source="endpoint.events")
    secret_before_until = serializers.DateTimeField(
        source="endpoint.secret_before_until", allow_null=True
    )
    secret = serializers.CharField(help_text="`whsec_…`, to verify signatures with.")
