"""Say how attempts went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import ngettext

from marketplace.core import clock
from marketplace.outbound.adapters import sentence_of
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.message.models import Try
from marketplace.outbound.posting import target_of
from marketplace.outbound.schedule import LEASE


@dataclass(frozen=True)
class TryInWords:
    """An attempt with how long it took, in seconds, and what was wrong; "" where nothing was."""

    row: Try
    seconds: float | None
    is_under_way: bool
    wrong: str


def tries_in_words(tries: Iterable[Try], endpoint: Endpoint) -> list[TryInWords]:
    """Word each attempt; one whose worker says nothing any more has broken off."""
    return [_worded(each, endpoint) for each in tries]


def why_failed(code: str, endpoint: Endpoint) -> str:
    """Say what was wrong with a try, "" where nothing was."""
    if not code:
        return ""
    target, ports = target_of(endpoint.address), ", ".join(settings.CENTRE["WEBHOOK_PORTS"])
    return sentence_of(code, {"host": target.host, "port": target.port, "allowed": ports})


def _worded(row: Try, endpoint: Endpoint) -> TryInWords:
    if row.ended_at is None:
        is_lost = row.created_at + LEASE < clock.now()
        return TryInWords(
            row, None, not is_lost, why_failed("worker-lost" if is_lost else "", endpoint)
        )
    seconds = (row.ended_at - row.created_at).total_seconds()
    return TryInWords(row, seconds, False, why_failed(row.code, endpoint))


def pause_in_words(pause: timedelta) -> str:
    """Return a pause of whole hours, minutes or seconds in words."""
    seconds = int(pause.total_seconds())
    if seconds % 3600 == 0:
        hours = seconds // 3600
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if seconds % 60 == 0:
        minutes = seconds // 60
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
