from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class GrantState(TextChoices):
    ACTIVE = "active", _("Active")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


GRANT: StateMachine[GrantState] = StateMachine(
    "grant",
    GrantState,
    {
        GrantState.ACTIVE: {GrantState.REVOKED, GrantState.EXPIRED},
        # Both sides have signed that the licence lasts longer than it did.
        GrantState.EXPIRED: {GrantState.ACTIVE},
    },
)
