"""Notices reach people: on their page, by e-mail, as they choose."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.accounts.letter.services import Sending, promise_letters, send_letter
from marketplace.accounts.models import Person
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.notices import policies
from marketplace.notices.choices import Choice, choices_of, is_emailed
from marketplace.notices.events import (
    AllNoticesRead,
    EmailAskedAgain,
    EmailsChosen,
    NoticeRead,
    PeopleNotified,
)
from marketplace.notices.kinds import KINDS
from marketplace.notices.models import EmailChoice, Notice
from marketplace.notices.rules import check_send_email_again
from marketplace.notices.selectors import failed_emails, notices_visible_to
from marketplace.notices.texts import worded
from marketplace.web.mail import absolute, failure_of, send_plain

# A person chooses which notices reach them by e-mail too.


@transaction.atomic
def choose_emails(*, wanted: Mapping[str, bool], by: Actor) -> list[Choice]:
    """Choose by kind whether a notice is e-mailed too; kinds that are not named stay as they are.

    In the site every notice stands anyway. The same choice again changes nothing.

    Raises:
        NotAllowed: nobody is signed in.
        Invalid: there is no such kind (`notice-kind-unknown`), or one is turned off that is always
            e-mailed (`always-emailed`).
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to choose what is e-mailed to you."))
    locked(Person.objects.all(), pk=by.person_id)
    choices = choices_of(by.person_id)
    changed: dict[str, bool] = {}
    for code, is_wanted in wanted.items():
        if code not in KINDS:
            sentence = _("There is no kind of notice called “%(kind)s”.") % {"kind": code[:40]}
            raise Invalid(sentence, code="notice-kind-unknown", fields={"wanted": [sentence]})
        choice = choices[code]
        if choice.is_fixed and not is_wanted:
            sentence = _(
                "“%(kind)s” is always e-mailed: a right ends by it, or a term begins to run."
            ) % {"kind": choice.kind.label}
            raise Invalid(sentence, code="always-emailed", fields={"wanted": [sentence]})
        if choice.is_emailed != is_wanted:
            changed[code] = is_wanted
    for kind, is_wanted in changed.items():
        EmailChoice.objects.update_or_create(
            person_id=by.person_id, kind=kind, defaults={"is_wanted": is_wanted}
        )
    if changed:
        record(
            EmailsChosen(
                subject=f"person:{by.person_id}",
                wanted=tuple(kind for kind, is_wanted in changed.items() if is_wanted),
                unwanted=tuple(kind for kind, is_wanted in changed.items() if not is_wanted),
            ),
            by=by,
        )
    return list(choices_of(by.person_id).values())


# Send a notice by e-mail too.


def email_notice(notice_id: UUID, *, taker: str = "", is_sent: bool = False) -> bool:
    """Send a notice to its person in their language; return whether there was anything to send.

    What was sent already, or read in the meantime, is not sent; nor is what its person no longer
    wants by e-mail. Who took it and did not end is taken for dead after some minutes: then it is
    sent again rather than never. That it failed, when and why, stands with the notice.

    Raises:
        OSError: the mail server does not answer or does not take it; nothing of the person is told.
        NotNoted: it was sent, and the database does not answer.
    """
    prepare = partial(_sending, notice_id)
    return send_letter(letter_of(notice_id), prepare, taker=taker, is_sent=is_sent)


def letter_of(notice_id: UUID) -> str:
    return f"notice:{notice_id}"


def _sending(notice_id: UUID) -> Sending | None:
    notice = (
        Notice.objects.select_related("person")
        .filter(pk=notice_id, emailed_at=None, read_at=None, person__is_active=True)
        .first()
    )
    if notice is None or not is_emailed(notice):
        return None
    with translation.override(notice.person.language):
        text = worded(notice.kind, notice.parameters)
        parts = (
            text.body,
            absolute(notice.url),
            _("You need to sign in to read it."),
            _("You choose what is e-mailed to you: %(address)s")
            % {"address": absolute(reverse("notice_choices"))},
        )
    return Sending(
        send=partial(_send, notice, text.title, parts),
        sent=lambda: _tried(notice, emailed_at=clock.now(), email_failed_at=None, email_failure=""),
        failed=lambda error: _tried(
            notice, email_failed_at=clock.now(), email_failure=failure_of(error)
        ),
    )


def _send(notice: Notice, title: str, parts: tuple[str, ...]) -> None:
    with translation.override(notice.person.language):
        send_plain(title, parts, to=notice.person.email)


def _tried(notice: Notice, **told: Any) -> None:
    Notice.objects.filter(pk=notice.pk).update(email_tries=F("email_tries") + 1, **told)


@transaction.atomic
def send_email_again(notice_id: UUID, *, by: Actor) -> Notice:
    """Have a notice e-mailed again whose e-mail failed, as an administrator of the centre.

    Raises:
        NotFound: there is no such notice among those the actor may see.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: its person has read it, or signs in no more (`email-not-needed`).
    """
    notice = locked(failed_emails(by), pk=notice_id)
    check_send_email_again(notice, by)
    promise_letters([letter_of(notice.pk)])
    record(
        EmailAskedAgain(
            subject=f"notice:{notice.pk}", about=(f"organization:{notice.person.organization_id}",)
        ),
        by=by,
    )
    return notice


# Tell people, and note what they have read.


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
        promise_letters(letter_of(notice.pk) for notice in notices)
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
