"""What an administrator has looked at before an organization is verified."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class OrganizationDocumentKind(TextChoices):
    """What an organization shows of itself; each is needed before it is examined."""

    REGISTRATION = "registration", _("Document of registration")
    REPRESENTATIVE = "representative", _("Identity of the legal representative")
    MANDATE = "mandate", _("Mandate of whoever applied")


POINTS: tuple[tuple[str, Promise], ...] = (
    (
        "registered",
        _("Name and code are those of a document of registration in force."),
    ),
    ("represented", _("The legal representative is the one of the document and the register.")),
    ("mandated", _("Whoever applied has the representative's mandate, signed and sealed.")),
)
"""Each with its code, which is what is kept."""
