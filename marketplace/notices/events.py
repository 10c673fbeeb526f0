from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PeopleNotified(
    Fact, kind="notices.people_notified", label=_("People notified"), in_timelines=False
):
    """People were told of a thing; `notices` holds the ids of what they were told."""

    notice_kind: str
    notices: tuple[str, ...]


class NoticeRead(Fact, kind="notices.notice_read", label=_("Notice read"), in_timelines=False):
    """A person opened a notice."""


class AllNoticesRead(
    Fact, kind="notices.all_notices_read", label=_("All notices read"), in_timelines=False
):
    """A person put all their notices aside as read."""

    count: int


class EmailAskedAgain(
    Fact, kind="notices.email_asked_again", label=_("E-mail sent again"), in_timelines=False
):
    """An administrator had a notice e-mailed again that had not got through."""


class EmailsChosen(
    Fact, kind="notices.emails_chosen", label=_("E-mails chosen"), in_timelines=False
):
    """A person chose which kinds of notices are e-mailed to them, and which are not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
