"""What happens to bank accounts of organizations: ids alone, never their numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BankAccountStated(Fact):
    """An organization said to which bank account its money shall go."""

    kind = "trading.bank_account_stated"
    label = _("Bank account stated, to be proved by a transfer")
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankAccountVouched(Fact):
    """A finance officer saw at the bank that the transfer of proof came from it."""

    kind = "trading.bank_account_vouched"
    label = _("Transfer from the bank account seen")
    payment: str


@dataclass(frozen=True, kw_only=True)
class BankAccountProved(Fact):
    """A second finance officer saw it too; money goes there from a moment on, not before."""

    kind = "trading.bank_account_proved"
    label = _("Bank account proved")
    in_force_from: str


@dataclass(frozen=True, kw_only=True)
class BankAccountConfirmed(Fact):
    """A second owner confirmed it, so that money goes there at once."""

    kind = "trading.bank_account_confirmed"
    label = _("Bank account confirmed by a second owner")


@dataclass(frozen=True, kw_only=True)
class BankAccountWithdrawn(Fact):
    """No money goes there any more."""

    kind = "trading.bank_account_withdrawn"
    label = _("Bank account withdrawn")
