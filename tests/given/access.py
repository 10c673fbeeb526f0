"""One row an address: what nobody, a stranger, a party and a reviewer are answered to a GET.

`tests/<app>/access.py` holds the rows as `ROWS`; `tests/journeys/test_access.py` asks, and fails
for an address without a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.given.world import World

SIGN_IN = 302
"""Pages send whoever is not signed in to the sign-in page; the API answers 401."""


@dataclass(frozen=True)
class Access:
    """An address and its four answers.

    route: the url name.
    given: reaches a state and answers the keyword arguments of the address.
    nobody, stranger, party, reviewer: the expected status of a GET. An address that takes only POST
        answers 405 to all who are signed in.
    is_page: True for a page of ours that axe looks at.
    as_party: who the party is.
    """

    route: str
    nobody: int
    stranger: int
    party: int
    reviewer: int
    given: Callable[[World], dict[str, Any]] | None = None
    is_page: bool = False
    as_party: str = "officer"
    stranger_is: str = "stranger"

    def __str__(self) -> str:
        return self.route
