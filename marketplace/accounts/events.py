"""What happens to organizations and people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CentreFounded(Fact):
    """The centre came to be."""

    kind = "accounts.centre_founded"
    label = _("Centre founded")


@dataclass(frozen=True, kw_only=True)
class OrganizationApplied(Fact):
    """An organization asked to take part."""

    kind = "accounts.organization_applied"
    label = _("Organization applied")
    organization_kind: str


@dataclass(frozen=True, kw_only=True)
class OrganizationVerified(Fact):
    """The centre checked an organization and let it in."""

    kind = "accounts.organization_verified"
    label = _("Organization verified")


@dataclass(frozen=True, kw_only=True)
class OrganizationRefused(Fact):
    """The centre did not let an organization in."""

    kind = "accounts.organization_refused"
    label = _("Organization refused")


@dataclass(frozen=True, kw_only=True)
class OrganizationSuspended(Fact):
    """The centre stopped an organization from acting."""

    kind = "accounts.organization_suspended"
    label = _("Organization suspended")


@dataclass(frozen=True, kw_only=True)
class OrganizationReinstated(Fact):
    """The centre let a suspended organization act again."""

    kind = "accounts.organization_reinstated"
    label = _("Organization reinstated")


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Fact):
    """An organization offered a person to join it."""

    kind = "accounts.person_invited"
    label = _("Person invited")
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Fact):
    """An invited person joined."""

    kind = "accounts.invitation_accepted"
    label = _("Invitation accepted")


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Fact):
    """An organization took an invitation back."""

    kind = "accounts.invitation_withdrawn"
    label = _("Invitation withdrawn")


@dataclass(frozen=True, kw_only=True)
class PersonDeactivated(Fact):
    """A person was stopped from signing in."""

    kind = "accounts.person_deactivated"
    label = _("Person deactivated")


@dataclass(frozen=True, kw_only=True)
class PersonReactivated(Fact):
    """A person may sign in again."""

    kind = "accounts.person_reactivated"
    label = _("Person reactivated")


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Fact):
    """A person's roles were set."""

    kind = "accounts.roles_changed"
    label = _("Roles changed")
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Fact):
    """A person made a key to the API."""

    kind = "accounts.token_created"
    label = _("API token created")


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A key to the API was revoked."""

    kind = "accounts.token_revoked"
    label = _("API token revoked")


@dataclass(frozen=True, kw_only=True)
class IdentityRecorded(Fact):
    """A person showed an identity document; nothing of its number is told."""

    kind = "accounts.identity_recorded"
    label = _("Identity document noted")
    document: str


@dataclass(frozen=True, kw_only=True)
class AccountsLinked(Fact):
    """Accounts were found to be one person's: none of them decides on what another did."""

    kind = "accounts.accounts_linked"
    label = _("Found to be one person's account")
