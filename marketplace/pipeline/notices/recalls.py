"""What follows where persons can be found in data that was sold."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import BOTH_SIDES, BUYERS, EXAMINERS, REVIEWERS, SELLERS
from marketplace.pipeline.notices.row import Row
from marketplace.trading.orders.deletion.events import (
    DeletionAsked,
    DeletionOverdue,
    DeletionStated,
)
from marketplace.trading.orders.recall.events import (
    OrderRecalled,
    RecallProposed,
    ReidentificationDecided,
    ReidentificationExamined,
    ReidentificationReported,
)

ROWS = (
    Row(
        name="reidentification_waits",
        facts=(
            ReidentificationReported,
            RecallProposed,
            ReidentificationExamined,
            ReidentificationDecided,
        ),
        to=(EXAMINERS,),
        label=_("Report of a re-identification waits"),
        title=_("A report that persons can be found in “%(thing)s” waits for you"),
        body=_("Read it, try what it says, and propose or confirm whether it is proven."),
        group=Group.RECALLS,
    ),
    Row(
        name="data_recalled",
        facts=(OrderRecalled,),
        to=(BOTH_SIDES,),
        label=_("Data recalled"),
        title=_("“%(thing)s” is recalled: the verdict on it does not stand"),
        body=_("Use of it stops now. The order's page says what becomes of contract and money."),
        group=Group.RECALLS,
        email=Email.ALWAYS,
    ),
    Row(
        name="deletion_asked",
        facts=(DeletionAsked,),
        to=(BUYERS,),
        parameters=matters.day(),
        label=_("Data to be deleted"),
        title=_("Delete every copy of “%(thing)s” by %(day)s"),
        body=_(
            "The right to use it has ended. Stop using it, delete all copies as the contract says, "
            "and state on the order's page that you have."
        ),
        group=Group.RECALLS,
        email=Email.ALWAYS,
    ),
    Row(
        name="deletion_overdue",
        facts=(DeletionOverdue,),
        to=(BUYERS, SELLERS.from_stage(2), REVIEWERS.from_stage(3)),
        parameters=matters.day(),
        label=_("Statement of deletion overdue"),
        title=_("The deletion of “%(thing)s” was to be stated by %(day)s"),
        body=_(
            "The right to use it has ended, and the buyer has not stated that every copy is "
            "deleted. The buyer states it on the order's page."
        ),
        group=Group.RECALLS,
        email=Email.ALWAYS,
    ),
    Row(
        name="deletion_stated",
        facts=(DeletionStated,),
        to=(SELLERS,),
        label=_("Data deleted by a buyer"),
        title=_("A buyer states that “%(thing)s” is deleted"),
        body=_("The statement stands on the order's page and its digest in the ledger."),
        group=Group.RECALLS,
    ),
)
