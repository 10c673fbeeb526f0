from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleNotified(Fact):
    """People were told of a thing; `notices` holds the ids of what they were told."""

    kind = "notices.people_notified"
    label = _("People notified")
    in_timelines = False
    notice_kind: str
    notices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeRead(Fact):
    """A person opened a notice."""

    kind = "notices.notice_read"
    label = _("Notice read")
    in_timelines = False


@dataclass(frozen=True, kw_only=True)
class AllNoticesRead(Fact):
    """A person put all their notices aside as read."""

    kind = "notices.all_notices_read"
    label = _("All notices read")
    in_timelines = False
    count: int


@dataclass(frozen=True, kw_only=True)
class EmailAskedAgain(Fact):
    """An administrator had a notice e-mailed again that had not got through."""

    kind = "notices.email_asked_again"
    label = _("E-mail sent again")
    in_timelines = False


@dataclass(frozen=True, kw_only=True)
class EmailsChosen(Fact):
    """A person chose which kinds of notices are e-mailed to them, and which are not."""

    kind = "notices.emails_chosen"
    label = _("E-mails chosen")
    in_timelines = False
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
