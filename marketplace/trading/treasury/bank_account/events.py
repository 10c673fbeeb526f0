"""What happens to bank accounts of organizations: ids alone, never their numbers."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BankAccountStated(
    Fact,
    kind="trading.bank_account_stated",
    label=_("Bank account stated, to be proved by a transfer"),
):
    """An organization said to which bank account its money shall go."""

    currency: str


class BankAccountVouched(
    Fact, kind="trading.bank_account_vouched", label=_("Transfer from the bank account seen")
):
    """A finance officer saw at the bank that the transfer of proof came from it."""

    payment: str


class BankAccountProved(Fact, kind="trading.bank_account_proved", label=_("Bank account proved")):
    """A second finance officer saw it too; money goes there from a moment on, not before."""

    in_force_from: str


class BankAccountConfirmed(
    Fact, kind="trading.bank_account_confirmed", label=_("Bank account confirmed by a second owner")
):
    """A second owner confirmed it, so that money goes there at once."""


class BankAccountWithdrawn(
    Fact, kind="trading.bank_account_withdrawn", label=_("Bank account withdrawn")
):
    """No money goes there any more."""
