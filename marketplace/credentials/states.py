from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class CredentialState(TextChoices):
    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")


@named_in_api()
class StatusReason(TextChoices):
    """Why a credential was suspended or revoked: a code, so that the ledger may hold it."""

    OBJECTION = "objection", _("An objection is being decided")
    ORDERED = "ordered", _("By order of the centre")
    JUDICIAL = "judicial", _("Frozen by a court or another authority of justice")
    CONTROLLED = "controlled", _("Controlled for the time being by an authority")
    SUPERSEDED = "superseded", _("A newer one took its place")
    WITHDRAWN = "withdrawn", _("Withdrawn by its holder")
    CANCELLED = "cancelled", _("What it shows was cancelled")
    EXPIRED = "expired", _("What it shows expired")
    FORGOTTEN = "forgotten", _("Persons withdrew rows that it was made from")
    RECALLED = "recalled", _("The centre recalled what it shows: it does not protect enough")


CREDENTIAL: StateMachine[CredentialState] = StateMachine(
    "credential",
    CredentialState,
    {
        CredentialState.ISSUED: {CredentialState.SUSPENDED, CredentialState.REVOKED},
        CredentialState.SUSPENDED: {CredentialState.ISSUED, CredentialState.REVOKED},
    },
)
