"""How the doors of preparation are sent things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.given.doors import Send, Things

REASON = {"reason": "A column was classed wrongly."}


def to(route: str, data: dict[str, Any] | None = None) -> Callable[[Things], Send]:
    """Return a sender to a route of the thing."""

    def send(things: Things) -> Send:
        return Send(reverse(route, kwargs={"pk": things["pk"]}), dict(data or {}))

    return send
