"""Tell people, and note what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Person
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.notices import policies
from marketplace.notices.events import AllNoticesRead, NoticeRead, PeopleNotified
from marketplace.notices.models import Notice
from marketplace.notices.selectors import notices_visible_to


@transaction.atomic
def notify(
    *,
    people: Iterable[Person],
    kind: str,
    subject: str,
    parameters: Mapping[str, str],
    url: str,
    by: Actor,
) -> list[Notice]:
    """Tell people of a thing, each once; nobody to tell leaves nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not policies.may_notify(by):
        raise NotAllowed(_("Notices are written by the centre's own software."))
    notices = Notice.objects.bulk_create(
        Notice(person=person, kind=kind, subject=subject, parameters=dict(parameters), url=url)
        for person in sorted(set(people), key=lambda person: person.pk)
    )
    if notices:
        record(
            PeopleNotified(
                subject=subject,
                notice_kind=kind,
                notices=tuple(str(notice.pk) for notice in notices),
            ),
            by=by,
        )
    return notices


@transaction.atomic
def mark_notice_read(notice_id: UUID, *, by: Actor) -> Notice:
    """Note that the actor has read a notice. Reading it again changes nothing.

    Raises:
        NotFound: there is no such notice among the actor's own.
    """
    notice = locked(notices_visible_to(by), pk=notice_id)
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
        record(NoticeRead(subject=f"notice:{notice.pk}"), by=by)
    return notice


@transaction.atomic
def mark_all_read(*, by: Actor) -> int:
    """Note that the actor has read everything; return how many notices were unread.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to read your notices."))
    count = notices_visible_to(by).filter(read_at=None).update(read_at=clock.now())
    if count:
        record(AllNoticesRead(subject=f"person:{by.person_id}", count=count), by=by)
    return count
