"""The acts on notices and their doors."""

from __future__ import annotations

from marketplace.notices.services import mark_notice_read
from tests.given.doors import DoorCase, Things, to
from tests.given.notices import not_delivered, told
from tests.given.world import World


def unread(world: World) -> Things:
    """Return a notice of the officer."""
    return {"pk": told(world, "officer").pk}


def failed(world: World) -> Things:
    """Return a notice whose e-mail failed."""
    return {"pk": not_delivered(world, "officer").pk}


def failed_and_read(world: World) -> Things:
    """Return a notice whose e-mail failed, and that its person has read."""
    things = failed(world)
    mark_notice_read(things["pk"], by=world.actor("officer"))
    return things


CASES = [
    DoorCase(
        act="notices.services.send_email_again",
        given=failed,
        actor="administrator",
        page=to("email_send_again"),
        api=to("api_send_email_again"),
        fact="notices.email_asked_again",
        scope="administer",
        not_visible="reviewer",
        wrong_state=failed_and_read,
        again="new",
        only="Nobody sees what failed but administrators, who may send it again.",
    ),
    DoorCase(
        act="notices.services.choose_emails",
        given=lambda world: {},
        actor="officer",
        page=to("notice_choices", {"shown": ["order_placed", "run_done"], "email": ["run_done"]}),
        api=to("api_choose_emails", {"wanted": {"order_placed": False, "run_done": True}}),
        fact="notices.emails_chosen",
        scope="administer",
        again="already",
        only="Everybody who is signed in chooses for themselves.",
    ),
    DoorCase(
        act="notices.services.mark_notice_read",
        given=unread,
        actor="officer",
        page=to("notice_read"),
        api=to("api_mark_notice_read"),
        fact="notices.notice_read",
        scope="administer",
        not_visible="administrator",
        again="already",
        only="Nobody sees a notice but the person it was written to.",
    ),
    DoorCase(
        act="notices.services.mark_all_read",
        given=unread,
        actor="officer",
        page=to("notices_read"),
        api=to("api_mark_all_read"),
        fact="notices.all_notices_read",
        scope="administer",
        again="already",
        only="Everybody who is signed in may read their own notices.",
    ),
]
