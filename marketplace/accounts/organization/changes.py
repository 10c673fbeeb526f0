"""What acts on an organization share, in the transaction of an act that asked who may."""

from django.utils.translation import gettext as _
from stdnum.cn import uscc as uscc_numbers

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import ROLES_OF_KIND, Role
from marketplace.core import Invalid


def note_document(
    organization: Organization, kind: OrganizationDocumentKind, *, sha256: str
) -> None:
    """Keep the digest of a document that was attached: what was examined before counts no more."""
    organization.documents = {**organization.documents, kind.value: sha256}
    organization.examined_at = None
    organization.save(update_fields=["documents", "examined_at"])


def check_roles(organization: Organization, roles: frozenset[str]) -> None:
    """Refuse roles that the organization's kind does not have.

    Raises:
        Invalid: no role, or one that does not fit.
    """
    allowed = ROLES_OF_KIND[organization.kind]
    if not roles or not roles <= allowed:
        labels = ", ".join(str(Role(role).label) for role in sorted(allowed))
        sentence = _("Choose from these roles for this kind: %(roles)s.") % {"roles": labels}
        raise Invalid(sentence, fields={"roles": [sentence]})


def wrong_in_organization(name: str, uscc: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give the registered name.")]
    if not uscc_numbers.is_valid(uscc):
        fields["uscc"] = [
            _("Its check character does not fit. Copy the 18 characters from the certificate.")
        ]
    elif Organization.objects.exclude(state=OrganizationState.REFUSED).filter(uscc=uscc).exists():
        fields["uscc"] = [
            _("An organization with this code is registered already. Ask it to invite you.")
        ]
    return fields
