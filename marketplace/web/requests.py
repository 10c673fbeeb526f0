"""What every door reads from a request."""

from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request

from marketplace.core import Actor
from marketplace.core.actor import NOBODY


def actor(request: HttpRequest | Request) -> Actor:
    """Return who acts; `accounts` has put it on the request."""
    found: Any = getattr(request, "actor", NOBODY)
    return found  # type: ignore[no-any-return]
