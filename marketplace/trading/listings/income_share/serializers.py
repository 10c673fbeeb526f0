from typing import Any

from marketplace.trading.listings.income_share.models import (
    IncomeShare,
    ShareProposal,
)
from marketplace.trading.listings.income_share.rules import acts_on_income_share
from marketplace.trading.listings.income_share.services import (
    MOST_PARTIES,
    USCC,
    propose_shapley_shares,
)
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer


class SharePartyIn(serializers.Serializer[Any]):
    """Whose the rows of a source are."""

    source = serializers.CharField(max_length=200)  # type: ignore[assignment]
    uscc = serializers.CharField(max_length=USCC.longest)


class ProposeShapleySharesIn(ActSerializer):
    """What part of the income is divided by what each source brings."""

    takes = staticmethod(propose_shapley_shares)
    parties = serializers.ListField(child=SharePartyIn(), min_length=1, max_length=MOST_PARTIES)


class ReckonedSourceOut(serializers.Serializer[Any]):
    """A source with its Shapley value in records, as a fraction, and the part of the income."""

    source = serializers.CharField()  # type: ignore[assignment]
    uscc = serializers.CharField()
    records = serializers.CharField()
    rate = serializers.CharField()


class ReckoningOut(serializers.Serializer[Any]):
    """How shares came about, of which bytes."""

    method = serializers.CharField()
    version = serializers.UUIDField()
    sha256 = serializers.CharField()
    rows = serializers.IntegerField()
    source_column = serializers.CharField()
    key_column = serializers.CharField()
    percent = serializers.CharField()
    sources = ReckonedSourceOut(many=True)


class ShareProposalOut(serializers.ModelSerializer[ShareProposal]):
    """Shares that were reckoned together; `digest` is that of `reckoning` as canonical JSON."""

    reckoning = ReckoningOut()

    class Meta:
        model = ShareProposal
        fields = ("id", "listing", "reckoning", "digest", "created_at")


class AnswerIncomeShareIn(serializers.Serializer[Any]):
    """Whether the organization agrees."""

    is_agreed = serializers.BooleanField()


class IncomeShareOut(serializers.ModelSerializer[IncomeShare]):
    """An income share; `effective` is the part of the income, from 0 to 1."""

    effective = serializers.DecimalField(max_digits=7, decimal_places=6, read_only=True)

    class Meta:
        model = IncomeShare
        fields: tuple[str, ...] = (
            "id",
            "listing",
            "organization",
            "ground",
            "proposal",
            "rate",
            "rows",
            "of_rows",
            "effective",
            "state",
            "created_at",
            "answered_at",
        )


class OneIncomeShareOut(IncomeShareOut):
    """An income share with the acts on it: `allowed`, or the code and sentence of the refusal."""

    acts = ActsField(acts_on_income_share)

    class Meta(IncomeShareOut.Meta):
        fields = (*IncomeShareOut.Meta.fields, "acts")
