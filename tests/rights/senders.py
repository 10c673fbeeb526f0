"""How the doors of rights are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.given.doors import Things, To, to
from tests.given.world import World


def a(make: Callable[[World], Any]) -> Callable[[World], Things]:
    """Return a state whose one thing is what the builder makes."""
    return lambda world: {"pk": make(world).pk}


def file_to(route: str, **besides: str) -> To:
    """Return a sender of a file."""

    def sent(things: Things) -> dict[str, object]:
        file = SimpleUploadedFile("record.txt", b"Calibration record", "text/plain")
        return {"title": "Calibration", "upload": file, **besides}

    return to(route, sent)


def acquirer(things: Things) -> dict[str, str]:
    """Name the rival as the acquirer."""
    return {"acquirer_id": str(World().organization("stranger").pk)}
