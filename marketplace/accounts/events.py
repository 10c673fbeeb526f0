from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CentreFounded(Fact):
    """The centre came to be."""

    kind = "accounts.centre_founded"
    label = _("Centre founded")


@dataclass(frozen=True, kw_only=True)
class AdministratorTookOffice(Fact):
    """One of the administrators named at the founding has signed in for the first time."""

    kind = "accounts.administrator_took_office"
    label = _("Administrator signed in for the first time")


@dataclass(frozen=True, kw_only=True)
class CentreOpened(Fact):
    """Both administrators have signed in: from now on the centre decides."""

    kind = "accounts.centre_opened"
    label = _("Centre opened")


@dataclass(frozen=True, kw_only=True)
class OrganizationApplied(Fact):
    """An organization asked to take part."""

    kind = "accounts.organization_applied"
    label = _("Organization applied")
    organization_kind: str


@dataclass(frozen=True, kw_only=True)
class AddressProofAsked(Fact):
    """A person asked for the link again that proves their e-mail address."""

    kind = "accounts.address_proof_asked"
    label = _("Link to prove an address asked for")


@dataclass(frozen=True, kw_only=True)
class AddressProved(Fact):
    """The first person of an organization followed the link that was sent to their address."""

    kind = "accounts.address_proved"
    label = _("E-mail address proved")


@dataclass(frozen=True, kw_only=True)
class OrganizationExamined(Fact):
    """An administrator examined an organization's documents; another one verifies it."""

    kind = "accounts.organization_examined"
    label = _("Organization examined")
    checklist: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VerificationEnds(Fact):
    """The day is near by which an organization is verified again, or suspended."""

    kind = "accounts.verification_ends"
    label = _("Verification ends soon")
    until: str


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
class OrganizationReapplied(Fact):
    """A refused application was corrected and sent again."""

    kind = "accounts.organization_reapplied"
    label = _("Organization applied again")


@dataclass(frozen=True, kw_only=True)
class ApplicationLapsed(Fact):
    """Nobody proved the address of an application in time: what it said of a person is erased."""

    kind = "accounts.application_lapsed"
    label = _("Application lapsed")


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
    limit: str = ""


@dataclass(frozen=True, kw_only=True)
class InvitationResent(Fact):
    """An invitation goes out again, with another secret."""

    kind = "accounts.invitation_resent"
    label = _("Invitation sent again")


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
class OwnerAppointed(Fact):
    """A person became an owner of their organization."""

    kind = "accounts.owner_appointed"
    label = _("Owner appointed")


@dataclass(frozen=True, kw_only=True)
class OwnerRemoved(Fact):
    """A person is no longer an owner of their organization."""

    kind = "accounts.owner_removed"
    label = _("Owner removed")


@dataclass(frozen=True, kw_only=True)
class FactorsReset(Fact):
    """A person's second factors were taken away, since they were lost."""

    kind = "accounts.factors_reset"
    label = _("Second factors reset")


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Fact):
    """A person made a key to the API."""

    kind = "accounts.token_created"
    label = _("API token created")
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A key to the API was revoked, or ended with what it rested on."""

    kind = "accounts.token_revoked"
    label = _("API token revoked")
    because: str


@dataclass(frozen=True, kw_only=True)
class TokenPolicySet(Fact):
    """An organization said what its people's keys to the API may be used for, and how long."""

    kind = "accounts.token_policy_set"
    label = _("Policy for API tokens set")
    scopes: tuple[str, ...]
    days: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """A person has a new password."""

    kind = "accounts.password_changed"
    label = _("Password changed")


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
