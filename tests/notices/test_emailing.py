"""Notices by e-mail, over a real mail server that takes none."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from marketplace.notices.services.emailing import email_notice
from tests.given.notices import told
from tests.given.world import World


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
def refusing_server(settings: Settings) -> Iterator[None]:
    """Let the site send its e-mail to a server that takes none."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), RefusesEverybody) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.socket.getsockname()
        yield
        server.shutdown()


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
