"""What a line of the bank's own can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.trading.books.models import AccountKind


@named_in_api()
class ItemKind(TextChoices):
    """What a line that belongs to no payment or payout is; the values name its account."""

    FEE = AccountKind.BANK_FEE.value, _("Fee of the bank")
    INTEREST = AccountKind.INTEREST.value, _("Interest")
    CORRECTION = AccountKind.CORRECTION.value, _("Correction by the bank")

    @property
    def account(self) -> AccountKind:
        return AccountKind(self.value)
