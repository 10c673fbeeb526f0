"""The terms as the API asks for them, made from what each clause says."""

from typing import Any

from marketplace.trading.listings.terms.clauses.asked import (
    UNSAID,
    Asked,
    Choice,
    Conditions,
    Flag,
    Names,
    Text,
    Whole,
)
from marketplace.trading.listings.terms.terms import ASKED, DEFAULTS
from marketplace.web.bounded import serializers


def serializer_fields(*, are_changes: bool) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return a field for each value of the terms.

    Of changes, what is left out stays as it is; else it is what is usual.
    """
    return {name: _serializer_field(name, one, are_changes) for name, one in ASKED.items()}


def _serializer_field(
    name: str, asked: Asked, is_change: bool
) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {"help_text": asked.for_programs} if asked.for_programs else {}
    usual = DEFAULTS[name]
    if is_change:
        options["required"] = False
    elif usual is not UNSAID:
        options["default"] = list if usual == () else usual
    if isinstance(asked, Text):
        return serializers.CharField(allow_blank=usual == "", **options)
    if isinstance(asked, Whole):
        return serializers.IntegerField(**options)
    if isinstance(asked, Choice):
        if asked.none:
            options["allow_blank"] = True
        return serializers.ChoiceField(choices=asked.choices.choices, **options)
    if isinstance(asked, Flag):
        return serializers.BooleanField(**options)
    if isinstance(asked, Names):
        child: Any = serializers.CharField(trim_whitespace=False)
        return serializers.ListField(child=child, **options)
    assert isinstance(asked, Conditions), "There is no other kind of value."
    child = serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=3)
    return serializers.ListField(child=child, **options)


class TermsIn(serializers.Serializer[Any]):
    """The terms of a licence."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Ask for what each clause holds."""
        return serializer_fields(are_changes=False)


class TermsChangeIn(serializers.Serializer[Any]):
    """What changes of the terms of a licence. What is left out stays as it is agreed or listed."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Ask for what each clause holds, and for none of it."""
        return serializer_fields(are_changes=True)
