from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PersonInvited(Fact, kind="accounts.person_invited", label=_("Person invited")):
    """An organization offered a person to join it."""

    roles: tuple[str, ...]
    limit: str = ""


class InvitationResent(Fact, kind="accounts.invitation_resent", label=_("Invitation sent again")):
    """An invitation goes out again, with another secret."""


class InvitationAccepted(Fact, kind="accounts.invitation_accepted", label=_("Invitation accepted")):
    """An invited person joined."""


class InvitationWithdrawn(
    Fact, kind="accounts.invitation_withdrawn", label=_("Invitation withdrawn")
):
    """An organization took an invitation back."""
