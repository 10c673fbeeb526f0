"""Read a thing once within one look: the rules of its acts and its page ask the same questions."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)
"""What the look that is under way has found; None outside of one."""


@contextmanager
def reading() -> Iterator[None]:
    """Share what `read_once` finds until the look is over; a look within a look is the same."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def read_anew() -> None:
    """Forget what was found: a lock is taken now, and what was read before it may be old."""
    known = _known.get()
    if known:
        known.clear()


def read_once(read: Callable[Given, Found]) -> Callable[Given, Found]:
    """Let a selector be asked once for the same rows within a look; outside of one, each time."""

    @functools.wraps(read)
    def shared(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        known = _known.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = read(*args, **kwargs)
        found: Found = known[key]
        return found

    return shared


def remember(
    read: Callable[Given, Found], found: Found, *args: Given.args, **kwargs: Given.kwargs
) -> None:
    """Let a selector find this for the rest of a look, since the lock has just read its row."""
    known = _known.get()
    if known is not None:
        known[inspect.unwrap(read), args, tuple(kwargs.items())] = found
