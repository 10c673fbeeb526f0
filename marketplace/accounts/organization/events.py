from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class OrganizationApplied(
    Fact, kind="accounts.organization_applied", label=_("Organization applied")
):
    """An organization asked to take part."""

    organization_kind: str


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
