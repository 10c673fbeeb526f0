from typing import Any

from marketplace.rights.claim.choices import Industry
from marketplace.web.bounded import serializers


class AskRenewalIn(serializers.Serializer[Any]):
    """For how long a right is renewed."""

    term_years = serializers.IntegerField()


class AskChangeIn(serializers.Serializer[Any]):
    """What a certificate shall state, and why."""

    grounds = serializers.CharField(max_length=500)
    restrictions = serializers.CharField(max_length=500, allow_blank=True, default="")
    industry = serializers.ChoiceField(choices=Industry.choices, allow_blank=True, default="")
    term_years = serializers.IntegerField()


class AskCancellationIn(serializers.Serializer[Any]):
    """Why a right is given up."""

    grounds = serializers.CharField(max_length=500)
