"""Organizations, the people who act for them, their roles, invitations and tokens."""

from marketplace.accounts.draft.models import FormDraft
from marketplace.accounts.identity.models import IdentityKey
from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.letter.models import Letter
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.person.models import Person, RoleGrant
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.session.models import SigningTries
from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.token.models import Token

__all__ = [
    "Announcement",
    "CentreSetting",
    "ChangeProposal",
    "FormDraft",
    "IdentityKey",
    "Invitation",
    "Letter",
    "Organization",
    "Person",
    "RoleGrant",
    "SigningLimit",
    "SigningTries",
    "Token",
]
