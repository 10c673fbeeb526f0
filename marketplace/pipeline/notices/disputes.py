"""What happens to disputes."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import BOTH_SIDES, OTHER_SIDE_IN_DISPUTE, REVIEWERS
from marketplace.pipeline.notices.row import Row
from marketplace.trading.orders.dispute.events import (
    DisputeAppealed,
    DisputeDecided,
    DisputeEnded,
    DisputeOpened,
    DisputeWithdrawn,
    SettlementAnswered,
    SettlementProposed,
)

ROWS = (
    Row(
        name="dispute_opened",
        facts=(DisputeOpened,),
        to=(OTHER_SIDE_IN_DISPUTE, REVIEWERS),
        label=_("Dispute opened"),
        title=_("A dispute about “%(thing)s” is opened"),
        body=_("Payment and access are on hold. Its page says what is wrong and what to do."),
        group=Group.DISPUTES,
        email=Email.ALWAYS,
    ),
    Row(
        name="settlement_proposed",
        facts=(SettlementProposed,),
        to=(BOTH_SIDES,),
        parameters=matters.amount("refund"),
        label=_("Settlement proposed"),
        title=_("Settlement proposed for “%(thing)s”: %(amount)s back to the buyer"),
        body=_("Read the reasons on the dispute's page, and agree or do not."),
        group=Group.DISPUTES,
    ),
    Row(
        name="settlement_answered",
        facts=(SettlementAnswered,),
        to=(OTHER_SIDE_IN_DISPUTE, REVIEWERS),
        label=_("Proposed settlement answered"),
        title=_("The settlement proposed for “%(thing)s” is answered"),
        body=_("The dispute's page says who agreed and what is next."),
        group=Group.DISPUTES,
    ),
    Row(
        name="dispute_decided",
        facts=(DisputeDecided,),
        to=(BOTH_SIDES,),
        parameters=matters.refund_and_appeal,
        label=_("Dispute decided"),
        title=_("The dispute about “%(thing)s” is decided: %(amount)s back to the buyer"),
        body=_("It takes effect unless a side appeals by %(day)s. The reasons stand on its page."),
        group=Group.DISPUTES,
        email=Email.ALWAYS,
    ),
    Row(
        name="dispute_appealed",
        facts=(DisputeAppealed,),
        to=(OTHER_SIDE_IN_DISPUTE, REVIEWERS),
        label=_("Decision appealed"),
        title=_("The decision on “%(thing)s” is appealed"),
        body=_("Everything stands still until the ruling of the court or arbitrator is recorded."),
        group=Group.DISPUTES,
        email=Email.ALWAYS,
    ),
    Row(
        name="dispute_withdrawn",
        facts=(DisputeWithdrawn,),
        to=(OTHER_SIDE_IN_DISPUTE, REVIEWERS),
        label=_("Dispute withdrawn"),
        title=_("The dispute about “%(thing)s” is withdrawn"),
        body=_("The order continues as before."),
        group=Group.DISPUTES,
    ),
    Row(
        name="dispute_ended",
        facts=(DisputeEnded,),
        to=(BOTH_SIDES,),
        parameters=matters.amount("refunded"),
        label=_("Dispute ended"),
        title=_("The dispute about “%(thing)s” ended: %(amount)s back to the buyer"),
        body=_("The money is divided. The order's page shows every movement."),
        group=Group.DISPUTES,
        email=Email.ALWAYS,
    ),
)
