from drf_spectacular.utils import extend_schema_field

from marketplace.outbound.message.models import Message, Try
from marketplace.outbound.message.rules import acts_on_message
from marketplace.outbound.message.selectors import tries_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class MessageOut(serializers.ModelSerializer[Message]):
    """A message; `webhook_id` is the header by which a receiver knows it."""

    webhook_id = serializers.CharField()

    class Meta:
        model = Message
        fields: tuple[str, ...] = (
            *("id", "webhook_id", "event", "state", "attempts", "happened_at", "next_at"),
            *("created_at",),
        )


class TryOut(serializers.ModelSerializer[Try]):
    """An attempt; `ended_at` is null while it is under way, and where its worker was lost."""

    class Meta:
        model = Try
        fields = ("number", "created_at", "ended_at", "status", "code", "answer")


class OneMessageOut(MessageOut):
    """A message with its content, each attempt, and the acts on it that are open."""

    log = serializers.SerializerMethodField()
    acts = ActsField(acts_on_message)

    class Meta(MessageOut.Meta):
        fields = (*MessageOut.Meta.fields, "body", "log", "acts")

    @extend_schema_field(TryOut(many=True))
    def get_log(self, message: Message) -> object:
        """Return the attempts, newest first."""
        return TryOut(tries_of(message), many=True).data
