"""The centre's WSGI application with what only campaigns add: points to die at, and mutants.

`X-Kill: POINT` lets the worker that serves the request die there. `CAMPAIGN_MUTANT=unlocked` in
the environment takes every row lock away, to see that the campaign would notice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from marketplace.wsgi import application as centre
from tests.campaigns import crashing

crashing.install()
if os.environ.get("CAMPAIGN_MUTANT") == "unlocked":
    QuerySet.select_for_update = lambda self, **_how: self._chain()  # type: ignore[method-assign]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Serve a request, unless it is to die at its beginning or at its end."""
    token = crashing.armed.set(environ.get("HTTP_X_KILL", ""))
    try:
        crashing.reach("begin")
        answer: Iterable[bytes] = centre(environ, start_response)
        crashing.reach("end")
    finally:
        crashing.armed.reset(token)
    return answer
