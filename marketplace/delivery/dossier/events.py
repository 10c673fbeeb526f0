from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DossierRead(Fact):
    """Somebody read the dossier of a trade; `is_saved` says that it was saved with its papers."""

    kind = "delivery.dossier_read"
    label = _("Dossier of the trade read")
    is_saved: bool
