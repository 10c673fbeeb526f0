from typing import Any

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import LONGEST_NUMBER
from marketplace.web.bounded import serializers


class IdentityIn(serializers.Serializer[Any]):
    """The document that a person has shown; of its number a keyed digest stays."""

    document = serializers.ChoiceField(choices=DocumentKind.choices)
    number = serializers.CharField(max_length=LONGEST_NUMBER)
