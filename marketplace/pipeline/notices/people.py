"""What happens to people: whom it concerns is told, and who could have done it too."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.limit.events import SigningLimitSet
from marketplace.accounts.member.events import (
    FactorsReset,
    OwnerAppointed,
    OwnerRemoved,
    PersonDeactivated,
    PersonReactivated,
    RolesChanged,
)
from marketplace.accounts.proposal.events import (
    ChangeApproved,
    ChangeLapsed,
    ChangeProposed,
    ChangeRefused,
    ChangeWithdrawn,
)
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import CONCERNED, DECIDERS, PERSON_AND_OWNERS
from marketplace.pipeline.notices.row import Row


def _until(entry: Entry) -> dict[str, str]:
    at = datetime.fromisoformat(entry.payload["takes_effect_at"])
    return {"day": date_format(localtime(at), "Y-m-d")}


ROWS = (
    Row(
        name="change_proposed",
        facts=(ChangeProposed,),
        to=(DECIDERS,),
        label=_("Change of people proposed"),
        title=_("“%(thing)s”: a change of people waits for a second person"),
        body=_("Read the reason and what it rests on, and decide."),
        group=Group.ORGANIZATIONS,
    ),
    Row(
        name="change_approved",
        facts=(ChangeApproved,),
        to=(CONCERNED,),
        label=_("Change of people approved"),
        title=_("“%(thing)s”: a change of people was approved"),
        body=_(
            "It takes effect on %(day)s. Its page says what changes and why. Until then the two "
            "who made it can take it back: if it is wrong, tell the centre now."
        ),
        parameters=_until,
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="change_ended",
        facts=(ChangeRefused, ChangeWithdrawn, ChangeLapsed),
        to=(CONCERNED,),
        label=_("Change of people ended without effect"),
        title=_("“%(thing)s”: a change of people does not take effect"),
        body=_("It was refused, taken back, or lapsed. Its page says which."),
        group=Group.ORGANIZATIONS,
    ),
    Row(
        name="person_changed",
        facts=(RolesChanged, OwnerAppointed, OwnerRemoved, PersonReactivated, PersonDeactivated),
        to=(PERSON_AND_OWNERS,),
        label=_("Roles or sign-in of a person changed"),
        title=_("What %(thing)s may do has changed"),
        body=_("The page of the person says which roles they hold now."),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="signing_limit_set",
        facts=(SigningLimitSet,),
        to=(PERSON_AND_OWNERS,),
        label=_("Signing limit set"),
        title=_("%(thing)s may sign alone for up to %(amount)s"),
        body=_(
            "That is the whole sum of a contract. Above it a colleague approves whose own limit "
            "suffices, or an owner. The page of the person says who set it."
        ),
        parameters=matters.amount("limit"),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
    Row(
        name="factors_reset",
        facts=(FactorsReset,),
        to=(PERSON_AND_OWNERS,),
        label=_("Second factors reset"),
        title=_("The second factors of %(thing)s were reset"),
        body=_(
            "Two administrators of the centre did so, since they were lost. If you did not ask "
            "for it, change your password and tell the centre at once."
        ),
        group=Group.ORGANIZATIONS,
        email=Email.ALWAYS,
    ),
)
