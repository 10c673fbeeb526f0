"""What the credential API takes and gives."""

from typing import Any

from marketplace.credentials.models import Credential
from marketplace.credentials.selectors import document_of
from marketplace.web.bounded import serializers


class CredentialOut(serializers.ModelSerializer[Credential]):
    """A credential with its signed document."""

    document = serializers.SerializerMethodField()

    class Meta:
        model = Credential
        fields = (
            "id",
            "kind",
            "number",
            "state",
            "reason",
            "valid_from",
            "valid_until",
            "digest",
            "suite",
            "document",
        )

    def get_document(self, credential: Credential) -> dict[str, Any]:
        """Return the document with its proof."""
        return document_of(credential)


class DoubtOut(serializers.Serializer[Any]):
    """Why something does not hold."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class StandingOut(serializers.Serializer[Any]):
    """Whether a number holds today."""

    valid = serializers.BooleanField()
    doubts = DoubtOut(many=True)
    credential = CredentialOut(allow_null=True)
