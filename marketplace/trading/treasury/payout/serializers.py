from uuid import UUID

from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.selectors import fee_papers_of
from marketplace.web.bounded import serializers


class DisbursementOut(serializers.ModelSerializer[Disbursement]):
    """Money that is to go out. `reference` is what to write on the transfer at the bank."""

    reference = serializers.CharField(read_only=True)

    class Meta:
        model = Disbursement
        fields: tuple[str, ...] = (
            *("id", "kind", "account", "bank_account", "order", "payment", "amount", "currency"),
            *("reason", "reference", "state", "answer", "decided_at", "created_at"),
        )


class OneDisbursementOut(DisbursementOut):
    """Money that is to go out, with the papers about fees since the payout before."""

    fee_papers = serializers.SerializerMethodField(
        help_text="Of a seller's payout: ids of the fee invoices and their credit notes."
    )

    class Meta(DisbursementOut.Meta):
        fields = (*DisbursementOut.Meta.fields, "fee_papers")

    def get_fee_papers(self, disbursement: Disbursement) -> list[UUID]:
        """Return the ids."""
        return list(fee_papers_of(disbursement).values_list("pk", flat=True))
