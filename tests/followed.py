"""Follow the calls of an act as a reader does, and count the files that it leads through.

    with follow(place_order) as way:
        place_order(listing.pk, …)
    assert len(way.files) <= 12 and way.returns <= 3

A reader reads each function once, where it is first called. `files` are those of its functions; a
return is a step into a file that was left before. Going back up to who called is none.

Left out is what a reader knows from every other act, or need not open to follow this one:

- `core` with its locks, `ledger` with its record, and `accounts`: who acts, and what they may see.
- What rows and values say of themselves: properties, models, and the values that models hold, which
  are price plans, terms and modes of delivery.
- What apps below `trading` answer: catalog, rights, appraisal, credentials.
- The gate behind its door, `gate/refusals.py`. It asks a table of proofs, one line each, and every
  act asks it that relies on them, from a draft to a delivery.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parent.parent / "marketplace"
OF_EVERY_ACT = ("core/", "ledger/", "accounts/")
BELOW = ("catalog/", "rights/", "appraisal/", "credentials/", "preparation/")
LISTINGS = "trading/listings/"
VALUES = tuple(f"{LISTINGS}{noun}/" for noun in ("plans", "terms", "mode"))
GATE, DOOR = f"{LISTINGS}gate/", f"{LISTINGS}gate/refusals.py"


@dataclass
class Way:
    """The functions that were entered, in their order, as file and name."""

    functions: dict[tuple[str, str], None] = field(default_factory=dict)

    @property
    def steps(self) -> list[str]:
        """Return the files one after the other, each as long as the reader stays in it."""
        entered = [file for file, _name in self.functions]
        return [one for one, before in zip(entered, ["", *entered], strict=False) if one != before]

    @property
    def files(self) -> set[str]:
        return set(self.steps)

    @property
    def returns(self) -> int:
        """Return how often the reader comes into a file that was left."""
        return len(self.steps) - len(self.files)


@contextmanager
def follow(act: Callable[..., Any]) -> Iterator[Way]:
    """Note what is called while an act runs."""
    way, depth = Way(), 0
    code = act.__wrapped__.__code__  # type: ignore[attr-defined]

    def see(frame: FrameType, event: str, _given: object) -> None:
        nonlocal depth
        is_act = frame.f_code is code
        depth += (event == "call") * is_act - (event == "return") * is_act
        if event == "call" and depth and (file := _told(frame)):
            way.functions.setdefault((file, frame.f_code.co_qualname))

    sys.setprofile(see)
    try:
        yield way
    finally:
        sys.setprofile(None)


def _told(frame: FrameType) -> str:
    """Return the file of a function that a reader opens; "" of others."""
    path, name = Path(frame.f_code.co_filename), frame.f_code.co_name
    if not path.is_relative_to(ROOT) or name.startswith("<") or _is_property(frame):
        return ""
    file = path.relative_to(ROOT).as_posix()
    if path.name == "models.py" or file.startswith((*OF_EVERY_ACT, *BELOW, *VALUES)):
        return ""
    return "" if file.startswith(GATE) and file != DOOR else file


def _is_property(frame: FrameType) -> bool:
    kind = type(frame.f_locals.get("self"))
    return isinstance(getattr(kind, frame.f_code.co_name, None), property)
