"""What the description of the API calls sets of choices.

Without names of their own, sets of choices under one field name are told apart by digests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Offered = TypeVar("Offered")

NAMED: dict[str, Any] = {}
"""Sets of choices by what the description calls them."""


def named_in_api(name: str = "") -> Callable[[Offered], Offered]:
    """Name a class of choices, a list of them or a function that returns one; a class by its own.

    Raises:
        ValueError: another set has the name.
    """

    def remember(offered: Offered) -> Offered:
        called = f"{name or getattr(offered, '__name__', '')}Enum"
        if called in NAMED:
            raise ValueError(f"Two sets of choices are called {called}.")
        NAMED[called] = offered
        return offered

    return remember
