"""Send a notice by e-mail too."""

from __future__ import annotations

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.notices.choices import is_emailed
from marketplace.notices.models import Notice
from marketplace.notices.texts import worded
from marketplace.web.context import centre_name


def email_notice(notice_id: UUID) -> bool:
    """Send a notice to its person in their language; return whether there was anything to send.

    What was sent already, or read in the meantime, is not sent; nor is what its person no longer
    wants by e-mail. The message leaves before that is noted: after a crash in between it is sent
    again rather than never.

    Raises:
        OSError: the mail server does not answer or does not take it; nothing of the person is told.
    """
    notice = (
        Notice.objects.select_related("person")
        .filter(pk=notice_id, emailed_at=None, read_at=None, person__is_active=True)
        .first()
    )
    if notice is None or not is_emailed(notice):
        return False
    with translation.override(notice.person.language):
        text = worded(notice.kind, notice.parameters)
        # A title with a line break would be two headers.
        subject = " ".join(f"{centre_name()}: {text.title}".split())
        parts = (
            text.body,
            _address(notice.url),
            _("You need to sign in to read it."),
            _("You choose what is e-mailed to you: %(address)s")
            % {"address": _address(reverse("notice_choices"))},
        )
        _send(subject, "\n\n".join(parts), to=notice.person.email)
    Notice.objects.filter(pk=notice.pk).update(emailed_at=clock.now())
    return True


def _send(subject: str, message: str, *, to: str) -> None:
    try:
        send_mail(subject, message, settings.DEFAULT_FROM_EMAIL, [to])
    except SMTPException as error:
        # Its text repeats the address, which no log may hold.
        raise OSError(f"The mail server did not take a notice: {type(error).__name__}") from None


def _address(url: str) -> str:
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{settings.CENTRE_DOMAIN}{url}"
