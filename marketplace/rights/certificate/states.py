from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class CertificateState(TextChoices):
    IN_FORCE = "in_force", _("In force")
    FROZEN = "frozen", _("Frozen")
    CANCELLED = "cancelled", pgettext_lazy("of a right", "Cancelled")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


CERTIFICATE: StateMachine[CertificateState] = StateMachine(
    "certificate",
    CertificateState,
    {
        CertificateState.IN_FORCE: {
            CertificateState.FROZEN,
            CertificateState.CANCELLED,
            CertificateState.EXPIRED,
            CertificateState.SUPERSEDED,
        },
        CertificateState.FROZEN: {
            CertificateState.IN_FORCE,
            CertificateState.CANCELLED,
            CertificateState.EXPIRED,
        },
    },
)


LASTING = frozenset({CertificateState.IN_FORCE.value, CertificateState.FROZEN.value})
"""The states of certificates that have not ended."""
