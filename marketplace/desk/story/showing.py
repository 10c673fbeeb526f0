"""Show on a terminal how the story goes: one line a step, and a bar while one is long."""

from __future__ import annotations

from typing import Final

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from marketplace.desk.story.telling import Done

BAR_CELLS: Final = 24
CLEAR_LINE: Final = "\r\033[K"


class TerminalTeller:
    """Writes a line for each step that ended; on a terminal also a bar that moves meanwhile."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._moves = out.isatty()
        self._begun = ""

    def open_chapter(self, title: str) -> None:
        """Write the chapter's title."""
        self._out.write(f"\n{title}")

    def begin(self, number: int, title: str) -> None:
        """Show what begins."""
        self._begun = f"{number:>4}  {title}"
        if self._moves:
            self._redraw(self._begun)

    def show(self, share: float, doing: str) -> None:
        """Move the bar."""
        if self._moves:
            full = round(share * BAR_CELLS)
            bar = "█" * full + "░" * (BAR_CELLS - full)
            self._redraw(f"{self._begun}  {bar} {share:>4.0%}  {doing}")

    def end(self, done: Done, *, seconds: float, was_there: bool) -> None:
        """Write what came of the step, how long it took, and where the ledger proves it."""
        how = _("already there") if was_there else f"{seconds:.1f} s"
        if self._moves:
            self._redraw("")
        self._out.write(
            _("%(step)s: %(what)s (%(how)s; ledger %(reference)s)")
            % {"step": self._begun, "what": done.what, "how": how, "reference": done.reference}
        )

    def _redraw(self, line: str) -> None:
        self._out.write(CLEAR_LINE + line, ending="")
        self._out.flush()
