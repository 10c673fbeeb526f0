"""E-mails of the centre: plain words to one address, with addresses that open."""

from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.web.context import centre_name

PRINTED = (
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
)
"""The ways of Django to send e-mails that nobody gets."""


@named_in_api()
class MailFailure(TextChoices):
    """Why an e-mail did not reach the mail server of its person."""

    REFUSED = "refused", _("The mail server refused it")
    UNREACHABLE = "unreachable", _("The mail server did not answer")


class MailRefused(OSError):
    """The mail server answered, and does not take the message; nothing of the person is told."""


def failure_of(error: OSError) -> MailFailure:
    return MailFailure.REFUSED if isinstance(error, MailRefused) else MailFailure.UNREACHABLE


def reaches_people() -> bool:
    """Return whether an e-mail of this centre goes further than its console."""
    return settings.EMAIL_BACKEND not in PRINTED


def send_plain(title: str, parts: Iterable[str], *, to: str) -> None:
    """Send paragraphs to one address; the subject begins with the centre's name.

    Raises:
        MailRefused: the mail server does not take it; nothing of the person is told.
        OSError: it does not answer.
    """
    # A title with a line break would be two headers.
    subject = " ".join(f"{centre_name()}: {title}".split())
    try:
        send_mail(subject, "\n\n".join(parts), settings.DEFAULT_FROM_EMAIL, [to])
    except SMTPException as error:
        # Its text repeats the address, which no log may hold.
        raise MailRefused(f"The mail server took no notice: {type(error).__name__}") from None


def absolute(path: str) -> str:
    """Return the whole address of a page, by the name that the centre goes by."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{settings.CENTRE_DOMAIN}{path}"
