from typing import Any

from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.web.bounded import serializers


class StatementIn(serializers.Serializer[Any]):
    """A bank statement as text."""

    statement = serializers.CharField(trim_whitespace=False)


class ImportedOut(serializers.Serializer[Any]):
    """What became of what was told."""

    allocated = serializers.IntegerField()
    unallocated = serializers.IntegerField()
    known = serializers.IntegerField()


class StatementOut(serializers.ModelSerializer[BankStatement]):
    """An imported bank statement."""

    class Meta:
        model = BankStatement
        fields = (
            *("id", "sha256", "first_on", "last_on", "lines_count"),
            *("state", "reason", "created_at"),
        )
