from typing import Any

from marketplace.core import longest_of
from marketplace.rights.remark.choices import RemarkKind
from marketplace.rights.remark.models import Remark
from marketplace.web.bounded import serializers


class EnterRemarkIn(serializers.Serializer[Any]):
    """What is remarked on a certificate; a freeze or control names authority and document."""

    kind = serializers.ChoiceField(choices=RemarkKind.choices)
    authority = serializers.CharField(
        max_length=longest_of(Remark, "authority"), allow_blank=True, default=""
    )
    document_number = serializers.CharField(
        max_length=longest_of(Remark, "document_number"), allow_blank=True, default=""
    )
    text = serializers.CharField(
        max_length=longest_of(Remark, "text"), allow_blank=True, default=""
    )


class DecideRemarkIn(serializers.Serializer[Any]):
    """What the second reviewer says."""

    is_confirmed = serializers.BooleanField()


class LiftRemarkIn(serializers.Serializer[Any]):
    """Who ordered that a remark is lifted."""

    authority = serializers.CharField(
        max_length=longest_of(Remark, "authority"), allow_blank=True, default=""
    )
    document_number = serializers.CharField(
        max_length=longest_of(Remark, "document_number"), allow_blank=True, default=""
    )
