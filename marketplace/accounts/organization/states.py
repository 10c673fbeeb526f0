from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class OrganizationState(TextChoices):
    PENDING = "pending", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")
    SUSPENDED = "suspended", _("Suspended")


ORGANIZATION: StateMachine[OrganizationState] = StateMachine(
    "organization",
    OrganizationState,
    {
        OrganizationState.PENDING: {OrganizationState.VERIFIED, OrganizationState.REFUSED},
        OrganizationState.VERIFIED: {OrganizationState.SUSPENDED},
        OrganizationState.REFUSED: {OrganizationState.PENDING},
        OrganizationState.SUSPENDED: {OrganizationState.VERIFIED},
    },
)
