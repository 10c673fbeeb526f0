"""What to answer when a name is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list them all."""
    names = sorted(known)
    close = get_close_matches(given, names, n=1)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Known are: {', '.join(names)}."
