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

from marketplace.notices.services import email_notice
from tests.given.notices import told
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
