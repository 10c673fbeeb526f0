from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class BankAccountState(TextChoices):
    STATED = "stated", _("Waits for a transfer from it")
    VOUCHED = "vouched", _("Waits for a second finance officer")
    PROVED = "proved", _("Proved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BANK_ACCOUNT: StateMachine[BankAccountState] = StateMachine(
    "bank_account",
    BankAccountState,
    {
        BankAccountState.STATED: {BankAccountState.VOUCHED, BankAccountState.WITHDRAWN},
        BankAccountState.VOUCHED: {BankAccountState.PROVED, BankAccountState.WITHDRAWN},
        BankAccountState.PROVED: {BankAccountState.WITHDRAWN},
    },
)
