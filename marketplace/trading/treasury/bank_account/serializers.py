from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.web.bounded import serializers


class BankAccountOut(serializers.ModelSerializer[BankAccount]):
    """Where an organization's money goes. `reference` proves it: written on a transfer from it."""

    reference = serializers.CharField(read_only=True)

    class Meta:
        model = BankAccount
        fields = (
            *("id", "organization", "number", "bank_code", "currency", "state", "reference"),
            *("payment", "in_force_from", "reason", "created_at"),
        )
