"""What every door reads from a request."""

from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request

from marketplace.core import Actor
from marketplace.core.actor import NOBODY


def length_of(request: HttpRequest) -> int:
    """Return how many bytes a body has, as it says itself; 0 where it says nothing."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


def actor(request: HttpRequest | Request) -> Actor:
    """Return who acts; `accounts` has put it on the request."""
    found: Any = getattr(request, "actor", NOBODY)
    return found  # type: ignore[no-any-return]
