from typing import Any

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.serializers import IdentityIn
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.serializers import PersonOut
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class RecordIdentity(ActView):
    """Note which identity document a person has shown; of its number a keyed digest stays."""

    takes = IdentityIn
    gives = PersonOut
    scope = Scope.ADMINISTER
    summary = "Note a person's identity document"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        document = DocumentKind(data["document"])
        return record_identity(ids["pk"], document=document, number=data["number"], by=by)
