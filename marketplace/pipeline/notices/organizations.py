"""What happens to organizations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.organization.events import (
    OrganizationApplied,
    OrganizationExamined,
    OrganizationReapplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
    VerificationEnds,
)
from marketplace.notices.kinds import Email, Group
from marketplace.outbound.endpoint.events import EndpointDisabled
from marketplace.pipeline.notices.audiences import ADMINISTRATORS, HOOK_KEEPERS, MEMBERS
from marketplace.pipeline.notices.row import Row
from marketplace.pipeline.things import id_of

ROWS = (
    Row(
        name="webhook_disabled",
        facts=(EndpointDisabled,),
        to=(HOOK_KEEPERS,),
        page=lambda entry: reverse("endpoint_detail", args=[id_of(entry.subject)]),
        label=_("Webhook disabled"),
        title=_("The webhook at “%(thing)s” is disabled"),
        body=_(
            "It took no message for days, or said that it is gone. Its page shows each attempt. "
            "Mend it, and enable it there."
        ),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="organization_applied",
        facts=(OrganizationApplied, OrganizationReapplied),
        to=(ADMINISTRATORS,),
        label=_("Organization applied"),
        title=_("“%(thing)s” asks to take part"),
        body=_("Check its registration and decide."),
        group=Group.ORGANIZATIONS,
    ),
    Row(
        name="organization_examined",
        facts=(OrganizationExamined,),
        to=(ADMINISTRATORS,),
        label=_("Organization examined"),
        title=_("“%(thing)s” waits for a second administrator"),
        body=_("Its documents were examined: read what was seen, and verify it or refuse it."),
        group=Group.ORGANIZATIONS,
    ),
    Row(
        name="verification_ends",
        facts=(VerificationEnds,),
        to=(ADMINISTRATORS, MEMBERS),
        label=_("Verification ends soon"),
        title=_("“%(thing)s” is verified until %(day)s"),
        body=_(
            "Show the centre the documents of registration, representative and mandate again. "
            "After that day it is suspended until two administrators have verified it again."
        ),
        parameters=lambda entry: {"day": entry.payload["until"]},
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="organization_verified",
        facts=(OrganizationVerified,),
        to=(MEMBERS,),
        label=_("Organization verified"),
        title=_("“%(thing)s” is verified"),
        body=_("You can act for it from now on."),
        group=Group.ORGANIZATIONS,
    ),
    Row(
        name="organization_refused",
        facts=(OrganizationRefused,),
        to=(MEMBERS,),
        label=_("Organization refused"),
        title=_("“%(thing)s” was not admitted"),
        body=_("Its page says why. Correct it there, and apply again."),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="organization_suspended",
        facts=(OrganizationSuspended,),
        to=(MEMBERS,),
        label=_("Organization suspended"),
        title=_("“%(thing)s” is suspended"),
        body=_(
            "You can look but not act until the centre lets it in again. The reason is on its page."
        ),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="organization_reinstated",
        facts=(OrganizationReinstated,),
        to=(MEMBERS,),
        label=_("Organization reinstated"),
        title=_("“%(thing)s” can act again"),
        body=_("You can go on where you stopped."),
        group=Group.ORGANIZATIONS,
    ),
)
