"""People were told in the site: tell them by e-mail too."""

from __future__ import annotations

from marketplace.ledger.models import Entry
from marketplace.notices.tasks import send_notice_email
from marketplace.pipeline.broker import start


def send_emails(entry: Entry) -> None:
    """Ask a worker to send each notice."""
    for notice in entry.payload["notices"]:
        start(send_notice_email, notice)
