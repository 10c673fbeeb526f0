from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CentreFounded(Fact, kind="accounts.centre_founded", label=_("Centre founded")):
    """The centre came to be."""


class AdministratorTookOffice(
    Fact,
    kind="accounts.administrator_took_office",
    label=_("Administrator signed in for the first time"),
):
    """One of the administrators named at the founding has signed in for the first time."""


class CentreOpened(Fact, kind="accounts.centre_opened", label=_("Centre opened")):
    """Both administrators have signed in: from now on the centre decides."""
