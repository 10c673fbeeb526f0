"""Who may do what with objections."""

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.rights.claim.policies import is_party
from marketplace.rights.objection.models import Objection


def may_show(by: Actor, objection: Objection) -> bool:
    """Both parties to an objection show what they say; the centre reads."""
    shows = by.acts_for(objection.organization_id) or is_party(by, objection.claim)
    return bool(by.roles) and shows and not is_centre_staff(by)
