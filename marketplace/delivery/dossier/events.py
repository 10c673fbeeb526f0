from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DossierRead(
    Fact,
    kind="delivery.dossier_read",
    label=_("Dossier of the trade read"),
    in_timelines=False,
):
    """Somebody read the dossier of a trade; `is_saved` says that it was saved with its papers.

    It stands in the ledger and not in the order's history, to which a look adds nothing.
    """

    is_saved: bool
