"""What the ledger keeps of what opens sessions."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FactorsChanged(Fact):
    """A person set a second factor up, took one away, or made new recovery codes."""

    kind = "accounts.factors_changed"
    label = _("Second factors changed")


@dataclass(frozen=True, kw_only=True)
class SignInLocked(Fact):
    """The sign-in of a person was locked after too many wrong passwords."""

    kind = "accounts.sign_in_locked"
    label = _("Sign-in locked")
