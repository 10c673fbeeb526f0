"""What follows where a person asks about data that concerns them."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import (
    ASSESSORS,
    PERSON_OFFICERS,
    PERSON_REVIEWERS,
    SECOND_OF_ASSESSMENT,
)
from marketplace.pipeline.notices.row import Row
from marketplace.trading.listings.assessment.events import (
    AssessmentApproved,
    AssessmentMade,
    AssessmentReturned,
)
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.events import (
    PersonIdentityProved,
    PersonRemovalConfirmed,
    PersonRequestGranted,
    PersonRequestOverdue,
    PersonRequestReceived,
    PersonRowsLeft,
)

ROWS = (
    Row(
        name="assessment_to_decide",
        facts=(AssessmentMade,),
        to=(SECOND_OF_ASSESSMENT,),
        label=_("Impact assessment to be decided"),
        title=_("The impact assessment of “%(thing)s” waits for a second person"),
        body=_("Read it, and approve it or return it with the reason."),
        group=Group.DATA,
    ),
    Row(
        name="assessment_decided",
        facts=(AssessmentApproved, AssessmentReturned),
        to=(ASSESSORS,),
        label=_("Impact assessment decided"),
        title=_("The impact assessment of “%(thing)s” is decided"),
        body=_("Its page says whether it is approved, or what has to be corrected."),
        group=Group.DATA,
    ),
    Row(
        name="person_asked",
        facts=(PersonRequestReceived,),
        to=(PERSON_REVIEWERS,),
        parameters=matters.day(),
        label=_("A person asks about data"),
        title=_("A person asks about “%(thing)s”: see who they are by %(day)s"),
        body=_("Reach them, see their document, and state that the identity is proved or not."),
        group=Group.DATA,
        email=Email.ALWAYS,
    ),
    Row(
        name="person_to_answer",
        facts=(PersonIdentityProved,),
        to=(PERSON_OFFICERS,),
        parameters=matters.day(),
        label=_("A person's request to be answered"),
        title=_("Answer a person's request about “%(thing)s” by %(day)s"),
        body=_("Their identity is proved. Grant it, or refuse it with reasons that they read."),
        group=Group.DATA,
        email=Email.ALWAYS,
    ),
    Row(
        name="person_removal_to_confirm",
        facts=(PersonRequestGranted,),
        to=(PERSON_REVIEWERS,),
        when=matters.asks_removal(PersonRequestKind.ACCESS),
        parameters=matters.day(),
        label=_("Removal of a person's rows to be confirmed"),
        title=_("Confirm by %(day)s that a person's rows leave “%(thing)s”"),
        body=_("The holder granted it. What was sold of data that still shows them is recalled."),
        group=Group.DATA,
        email=Email.ALWAYS,
    ),
    Row(
        name="person_rows_to_leave",
        facts=(PersonRemovalConfirmed,),
        to=(PERSON_OFFICERS,),
        parameters=matters.day(),
        label=_("Rows of a person to leave"),
        title=_("Desensitize “%(thing)s” anew by %(day)s: rows of a person leave it"),
        body=_("The next version is made without them by itself. Earlier ones are sold no more."),
        group=Group.DATA,
        email=Email.ALWAYS,
    ),
    Row(
        name="person_rows_left",
        facts=(PersonRowsLeft,),
        to=(PERSON_OFFICERS,),
        label=_("Rows of a person have left"),
        title=_("A person's rows have left “%(thing)s”"),
        body=_("What was kept of who they are is destroyed."),
        group=Group.DATA,
    ),
    Row(
        name="person_request_overdue",
        facts=(PersonRequestOverdue,),
        to=(PERSON_OFFICERS, PERSON_REVIEWERS),
        parameters=matters.day(),
        label=_("A person's request is overdue"),
        title=_("A person's request about “%(thing)s” was due on %(day)s"),
        body=_(
            "Its page says what is to be done. Who is not answered may complain and go to court."
        ),
        group=Group.DATA,
        email=Email.ALWAYS,
    ),
)
