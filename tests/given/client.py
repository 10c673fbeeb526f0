"""A program of the tests, which gives each request that changes something a key of its own.

What it is answered is compared with what the description of the API declares.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from rest_framework.test import APIClient

from tests.given import described

HEADER = "HTTP_IDEMPOTENCY_KEY"


def quoted(key: str) -> str:
    """Write a key as its header has it: a String of RFC 8941."""
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def new_key() -> dict[str, str]:
    """Return the header of a key that no other request has, for clients that are not this one."""
    return {"Idempotency-Key": quoted(str(uuid4()))}


class Program(APIClient):
    """Sends a key of its own with each POST, unless it is given one; None sends none."""

    def generic(self, method: str, path: Any, *args: Any, **extra: Any) -> Any:
        """Send a request by any method."""
        named = {name.lower() for name in extra.get("headers") or {}}
        if method == "POST" and HEADER not in extra and "idempotency-key" not in named:
            extra[HEADER] = quoted(str(uuid4()))
        if extra.get(HEADER, "") is None:
            del extra[HEADER]
        answer = super().generic(method, path, *args, **extra)
        undeclared = described.undeclared(method, answer)
        assert not undeclared, undeclared
        return answer
