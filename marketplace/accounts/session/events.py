"""What the ledger keeps of what opens sessions."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class FactorsChanged(Fact, kind="accounts.factors_changed", label=_("Second factors changed")):
    """A person set a second factor up, took one away, or made new recovery codes."""


class SignInLocked(Fact, kind="accounts.sign_in_locked", label=_("Sign-in locked")):
    """The sign-in of a person was locked after too many wrong passwords."""


class PasswordChanged(Fact, kind="accounts.password_changed", label=_("Password changed")):
    """A person has a new password."""
