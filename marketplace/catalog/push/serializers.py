from typing import Any

from marketplace.catalog.push.choices import PushKind, PushMode, RowAct
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.rules import acts_on_push
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class OpenPushIn(serializers.Serializer[Any]):
    """What is sent: rows, or a file of so many bytes; and what becomes of the rows of before."""

    kind = serializers.ChoiceField(choices=PushKind.choices, default=PushKind.ROWS.value)
    mode = serializers.ChoiceField(choices=PushMode.choices, default=PushMode.WHOLE.value)
    key = serializers.ListField(
        child=serializers.CharField(trim_whitespace=False),
        default=list,
        help_text="Of changes: the columns that tell each row from every other.",
    )
    name = serializers.CharField(default="", allow_blank=True, help_text="Of a file: its name.")
    length = serializers.IntegerField(
        default=None, allow_null=True, help_text="Of a file: how many bytes it has."
    )


class SendRowsIn(serializers.Serializer[Any]):
    """The next part: JSON objects that name each column; to delete rows, those of the key."""

    number = serializers.IntegerField(min_value=1, help_text="Parts are counted from 1.")
    act = serializers.ChoiceField(choices=RowAct.choices, default=RowAct.PUT.value)
    rows = serializers.ListField(child=serializers.JSONField(), allow_empty=False)


class CommitPushIn(serializers.Serializer[Any]):
    """What the sender says of all that was sent, to be compared."""

    rows = serializers.IntegerField(default=None, allow_null=True, help_text="How many rows.")
    sha256 = serializers.CharField(
        default="", allow_blank=True, help_text="Of a file: the SHA-256 in hexadecimal digits."
    )


class PushOut(serializers.ModelSerializer[Push]):
    """A push. `received` counts bytes, of rows as they are kept; `version` is what it became."""

    key = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Push
        fields: tuple[str, ...] = (
            *("id", "feed", "kind", "mode", "key", "name", "length", "received", "rows", "parts"),
            *("state", "expires_at", "created_at", "closed_at", "version"),
        )


class OnePushOut(PushOut):
    """A push with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_push)

    class Meta(PushOut.Meta):
        fields: tuple[str, ...] = (*PushOut.Meta.fields, "acts")
