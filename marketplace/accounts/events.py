from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CentreFounded(Fact, kind="accounts.centre_founded", label=_("Centre founded")):
    """The centre came to be."""


class AdministratorTookOffice(
    Fact,
    kind="accounts.administrator_took_office",
    label=_("Administrator signed in for the first time"),
):
    """One of the administrators named at the founding has signed in for the first time."""


class CentreOpened(Fact, kind="accounts.centre_opened", label=_("Centre opened")):
    """Both administrators have signed in: from now on the centre decides."""


class OrganizationApplied(
    Fact, kind="accounts.organization_applied", label=_("Organization applied")
):
    """An organization asked to take part."""

    organization_kind: str


class AddressProofAsked(
    Fact, kind="accounts.address_proof_asked", label=_("Link to prove an address asked for")
):
    """A person asked for the link again that proves their e-mail address."""


class AddressProved(Fact, kind="accounts.address_proved", label=_("E-mail address proved")):
    """The first person of an organization followed the link that was sent to their address."""


class OrganizationExamined(
    Fact, kind="accounts.organization_examined", label=_("Organization examined")
):
    """An administrator examined an organization's documents; another one verifies it."""

    checklist: tuple[str, ...]


class VerificationEnds(Fact, kind="accounts.verification_ends", label=_("Verification ends soon")):
    """The day is near by which an organization is verified again, or suspended."""

    until: str


class OrganizationVerified(
    Fact, kind="accounts.organization_verified", label=_("Organization verified")
):
    """The centre checked an organization and let it in."""


class OrganizationRefused(
    Fact, kind="accounts.organization_refused", label=_("Organization refused")
):
    """The centre did not let an organization in."""


class OrganizationReapplied(
    Fact, kind="accounts.organization_reapplied", label=_("Organization applied again")
):
    """A refused application was corrected and sent again."""


class ApplicationLapsed(Fact, kind="accounts.application_lapsed", label=_("Application lapsed")):
    """Nobody proved the address of an application in time: what it said of a person is erased."""


class OrganizationSuspended(
    Fact, kind="accounts.organization_suspended", label=_("Organization suspended")
):
    """The centre stopped an organization from acting."""


class OrganizationReinstated(
    Fact, kind="accounts.organization_reinstated", label=_("Organization reinstated")
):
    """The centre let a suspended organization act again."""


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


class PersonDeactivated(Fact, kind="accounts.person_deactivated", label=_("Person deactivated")):
    """A person was stopped from signing in."""


class PersonReactivated(Fact, kind="accounts.person_reactivated", label=_("Person reactivated")):
    """A person may sign in again."""


class RolesChanged(Fact, kind="accounts.roles_changed", label=_("Roles changed")):
    """A person's roles were set."""

    roles: tuple[str, ...]


class OwnerAppointed(Fact, kind="accounts.owner_appointed", label=_("Owner appointed")):
    """A person became an owner of their organization."""


class OwnerRemoved(Fact, kind="accounts.owner_removed", label=_("Owner removed")):
    """A person is no longer an owner of their organization."""


class FactorsReset(Fact, kind="accounts.factors_reset", label=_("Second factors reset")):
    """A person's second factors were taken away, since they were lost."""


class TokenCreated(Fact, kind="accounts.token_created", label=_("API token created")):
    """A person made a key to the API."""

    scopes: tuple[str, ...]


class TokenRevoked(Fact, kind="accounts.token_revoked", label=_("API token revoked")):
    """A key to the API was revoked, or ended with what it rested on."""

    because: str


class TokenPolicySet(Fact, kind="accounts.token_policy_set", label=_("Policy for API tokens set")):
    """An organization said what its people's keys to the API may be used for, and how long."""

    scopes: tuple[str, ...]
    days: int


class PasswordChanged(Fact, kind="accounts.password_changed", label=_("Password changed")):
    """A person has a new password."""


class IdentityRecorded(Fact, kind="accounts.identity_recorded", label=_("Identity document noted")):
    """A person showed an identity document; nothing of its number is told."""

    document: str


class AccountsLinked(
    Fact, kind="accounts.accounts_linked", label=_("Found to be one person's account")
):
    """Accounts were found to be one person's: none of them decides on what another did."""
