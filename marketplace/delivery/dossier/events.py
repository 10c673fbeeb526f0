from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DossierRead(Fact, kind="delivery.dossier_read", label=_("Dossier of the trade read")):
    """Somebody read the dossier of a trade; `is_saved` says that it was saved with its papers."""

    is_saved: bool
