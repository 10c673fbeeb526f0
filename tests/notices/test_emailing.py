"""Notices by e-mail, over a real mail server that takes none."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from email.policy import default

import pytest
from django.urls import reverse
from pytest_django import Settings

from marketplace.core.errors import NotFound
from marketplace.ledger.models import Entry
from marketplace.notices.events import EmailAskedAgain
from marketplace.notices.selectors import failed_emails
from marketplace.notices.services import email_notice, send_email_again
from marketplace.pipeline.reactions import ACTS, send_email_once_more
from marketplace.web.mail import MailFailure, MailRefused
from tests.conftest import PageClients
from tests.given.notices import not_delivered, told
from tests.given.world import World

TAKEN: list[str] = []


class TakesEverything(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to be given a message, which it keeps."""

    def handle(self) -> None:
        """Answer each command."""
        self.wfile.write(b"220 mail.example.org\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                TAKEN.append(b"".join(lines).decode())
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


class RefusesEverybody(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to refuse a recipient, whom it names."""

    def handle(self) -> None:
        """Answer each command."""
        self.wfile.write(b"220 mail.example.org\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"RCPT":
                self.wfile.write(b"550 no mailbox for " + line[8:])
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def taking_server(settings: Settings) -> Iterator[list[str]]:
    """Let the site send its e-mail to a server that takes all, and answer what it took."""
    TAKEN.clear()
    with mail_server(TakesEverything, settings):
        yield TAKEN


@pytest.fixture
def refusing_server(settings: Settings) -> Iterator[None]:
    """Let the site send its e-mail to a server that takes none."""
    with mail_server(RefusesEverybody, settings):
        yield


@contextmanager
def mail_server(
    handler: type[socketserver.StreamRequestHandler], settings: Settings
) -> Iterator[None]:
    """Serve SMTP on a free port, and have the site use it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.socket.getsockname()
        yield
        server.shutdown()


def test_a_notice_over_the_wire(world: World, taking_server: list[str]) -> None:
    """One message in the receiver's language, which names the thing and holds no secret."""
    person = world.person("officer")
    person.language = "zh-hans"
    person.save(update_fields=["language"])
    assert email_notice(told(world, "officer").pk)
    [taken] = taking_server
    message = message_from_string(taken, policy=default)
    assert message["To"] == "officer@example.org"
    assert "Bus rides 2025" in message["Subject"]
    assert "已" in message["Subject"]
    assert reverse("notice_choices") in message.get_content()


def test_a_refused_recipient_is_not_named(world: World, refusing_server: None) -> None:
    """Neither in the error nor in what caused it, which the log would show."""
    notice = told(world, "officer")
    with pytest.raises(OSError, match="SMTPRecipientsRefused") as refused:
        email_notice(notice.pk)
    assert "officer" not in str(refused.value)
    assert refused.value.__suppress_context__
    notice.refresh_from_db()
    assert notice.emailed_at is None


def test_without_a_server_it_is_tried_again(world: World, settings: Settings) -> None:
    """A server that is away is the same to the task."""
    notice = told(world, "officer")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ConnectionRefusedError):
        email_notice(notice.pk)
    notice.refresh_from_db()
    assert notice.emailed_at is None


def test_what_failed_stands_with_the_notice(world: World, refusing_server: None) -> None:
    """When, why and how often; a later success takes that away."""
    notice = told(world, "officer")
    for tries in (1, 2):
        with pytest.raises(MailRefused):
            email_notice(notice.pk)
        notice.refresh_from_db()
        assert (notice.email_tries, notice.email_failure) == (tries, MailFailure.REFUSED)
    assert [row.pk for row in failed_emails(world.actor("administrator"))] == [notice.pk]
    for person in ("officer", "reviewer", "auditor"):
        assert not failed_emails(world.actor(person)).exists()


def test_it_is_sent_again_and_got_through(
    world: World, taking_server: list[str], page_of: PageClients
) -> None:
    """By whoever administers; the person's desk says that e-mail fails until one gets through."""
    notice = not_delivered(world, "officer")
    assert (notice.email_tries, notice.email_failure) == (1, MailFailure.UNREACHABLE)
    warning = "E-mail does not reach you"
    assert warning in page_of("officer").get(reverse("desk")).content.decode()
    assert warning not in page_of("buyer").get(reverse("desk")).content.decode()
    page = page_of("administrator").get(reverse("failed_email_list")).content.decode()
    assert world.person("officer").name in page
    assert "officer@example.org" not in page
    send_email_again(notice.pk, by=world.actor("administrator"))
    entry = Entry.objects.get(kind="notices.email_asked_again")
    assert ACTS[EmailAskedAgain] == (send_email_once_more,)
    assert entry.subject == f"notice:{notice.pk}"
    assert email_notice(notice.pk)
    assert len(taking_server) == 1
    notice.refresh_from_db()
    assert (notice.email_tries, notice.email_failure, notice.email_failed_at) == (2, "", None)
    assert warning not in page_of("officer").get(reverse("desk")).content.decode()
    with pytest.raises(NotFound):
        send_email_again(notice.pk, by=world.actor("administrator"))
