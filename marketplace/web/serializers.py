"""What many API views take and give."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.core import Actor, Allowed
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor


class ActOut(serializers.Serializer[Any]):
    """Whether an act is open to whoever asks; if not, the code and the sentence of the refusal."""

    allowed = serializers.BooleanField()
    code = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)


@extend_schema_field(serializers.DictField(child=ActOut()))
class ActsField(serializers.Field[Any, Any, Any, Any]):
    """The acts on a thing: what of them is open to whoever asks.

    `acts_on` is the function of the thing's app that tells.
    """

    def __init__(self, acts_on: Callable[[Any, Actor], Allowed]) -> None:
        super().__init__(source="*", read_only=True)
        self._acts_on = acts_on

    def to_representation(self, value: Any) -> dict[str, dict[str, Any]]:
        """Return each act with `allowed`, and else with `code` and `detail`."""
        return self._acts_on(value, actor(self.context["request"])).as_json()
