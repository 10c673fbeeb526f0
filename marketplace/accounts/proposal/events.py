from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(Fact):
    """Somebody proposed a change of people that takes two."""

    kind = "accounts.change_proposed"
    label = _("Change of people proposed")
    change: str


@dataclass(frozen=True, kw_only=True)
class ChangeApproved(Fact):
    """A second person approved a change of people."""

    kind = "accounts.change_approved"
    label = _("Change of people approved")
    change: str
    takes_effect_at: str


@dataclass(frozen=True, kw_only=True)
class ChangeRefused(Fact):
    """A second person refused a change of people."""

    kind = "accounts.change_refused"
    label = _("Change of people refused")
    change: str


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Fact):
    """A change of people was taken back before it took effect."""

    kind = "accounts.change_withdrawn"
    label = _("Change of people withdrawn")
    change: str


@dataclass(frozen=True, kw_only=True)
class ChangeLapsed(Fact):
    """A change of people was not decided in time, or could not take effect any more."""

    kind = "accounts.change_lapsed"
    label = _("Change of people lapsed")
    change: str
