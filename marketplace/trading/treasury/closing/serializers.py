from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.held_line.selectors import held_until
from marketplace.web.bounded import serializers


class ClosingOut(serializers.ModelSerializer[DayClosing]):
    """A closed day with its totals."""

    totals = serializers.DictField()

    class Meta:
        model = DayClosing
        fields = (
            *("id", "proposal", "day", "closed_until", "transfers", "totals", "digest"),
            "created_at",
        )


class ClosingProposalOut(serializers.ModelSerializer[ClosingProposal]):
    """A proposal to close a day, with the totals that a second finance officer compares."""

    totals = serializers.DictField()
    held_lines = serializers.SerializerMethodField()

    class Meta:
        model = ClosingProposal
        fields = (
            *("id", "day", "closed_until", "state", "transfers", "totals", "digest", "reason"),
            *("held_lines", "created_at"),
        )

    def get_held_lines(self, proposal: ClosingProposal) -> int:
        """Return how many bank lines of that day and before are held, and in no sum."""
        return held_until(proposal.day).count()
