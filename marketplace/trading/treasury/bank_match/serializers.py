from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.web.bounded import serializers


class MatchOut(serializers.ModelSerializer[BankMatch]):
    """What a finance officer says of a bank line and outgoing money."""

    class Meta:
        model = BankMatch
        fields = ("id", "line", "disbursement", "state", "reason", "said_at")
