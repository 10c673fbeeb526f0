from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ChangeProposed(Fact, kind="accounts.change_proposed", label=_("Change of people proposed")):
    """Somebody proposed a change of people that takes two."""

    change: str


class ChangeApproved(Fact, kind="accounts.change_approved", label=_("Change of people approved")):
    """A second person approved a change of people."""

    change: str
    takes_effect_at: str


class ChangeRefused(Fact, kind="accounts.change_refused", label=_("Change of people refused")):
    """A second person refused a change of people."""

    change: str


class ChangeWithdrawn(
    Fact, kind="accounts.change_withdrawn", label=_("Change of people withdrawn")
):
    """A change of people was taken back before it took effect."""

    change: str


class ChangeLapsed(Fact, kind="accounts.change_lapsed", label=_("Change of people lapsed")):
    """A change of people was not decided in time, or could not take effect any more."""

    change: str
