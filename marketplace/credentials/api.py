"""The credential API: for everybody, to look and to check."""

from uuid import UUID

from marketplace.core import Actor, visible
from marketplace.credentials import selectors, serializers
from marketplace.credentials.models import Credential
from marketplace.web.api import ThingView


class OneCredential(ThingView):
    """A credential, with the document that was signed."""

    gives = serializers.CredentialOut
    operation = "get_credential"
    is_public = True

    def thing(self, by: Actor, **ids: UUID) -> Credential:
        return visible(selectors.all_credentials(), pk=ids["pk"])


class CheckNumber(ThingView):
    """Whether a number was given out by this centre, and holds today."""

    gives = serializers.StandingOut
    operation = "check_credential_number"
    summary = "Check a credential's number"
    is_public = True

    def thing(self, by: Actor, **ids: str) -> selectors.CheckResult:
        return selectors.check_number(ids["number"])
