"""Who may do what with certificates."""

from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.policies import looks_after


def may_transfer(by: Actor, certificate: Certificate) -> bool:
    """The holder passes rights on; the centre's software those that were sold."""
    return by.is_system or may_follow_up(by, certificate)


def may_follow_up(by: Actor, certificate: Certificate) -> bool:
    """The holder asks for a renewal or change, or gives the right up."""
    return looks_after(by, certificate.organization_id, certificate.dataset)


def may_freeze(by: Actor, certificate: Certificate) -> bool:
    """Reviewers of the centre freeze certificates, let them go, cancel them and remark on them."""
    return by.has(Role.REVIEWER) and not by.belongs_to(certificate.organization_id)
