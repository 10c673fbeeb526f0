"""How the doors of rights are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.given.doors import Send, Things
from tests.given.world import World


def to(route: str, data: dict[str, Any] | None = None) -> Callable[[Things], Send]:
    """Return a sender to a route whose arguments are the things."""
    return lambda things: Send(reverse(route, kwargs=things), dict(data or {}))


def a(make: Callable[[World], Any]) -> Callable[[World], Things]:
    """Return a state whose one thing is what the builder makes."""
    return lambda world: {"pk": make(world).pk}


def file_to(route: str, **besides: str) -> Callable[[Things], Send]:
    """Return a sender of a file."""

    def send(things: Things) -> Send:
        file = SimpleUploadedFile("record.txt", b"Calibration record", "text/plain")
        data = {"title": "Calibration", "upload": file, **besides}
        return Send(reverse(route, kwargs=things), data)

    return send


def acquiring(route: str) -> Callable[[Things], Send]:
    """Return a sender that names the rival as the acquirer."""

    def send(things: Things) -> Send:
        acquirer = {"acquirer_id": str(World().organization("stranger").pk)}
        return Send(reverse(route, kwargs=things), acquirer)

    return send
