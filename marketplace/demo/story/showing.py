"""Show on a terminal how the story goes: one line a step, and a bar while one is long."""

from typing import Final

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from marketplace.demo.story.telling import Done

BAR_CELLS: Final = 16
CLEAR_LINE: Final = "\r\033[K"
# What does not fit into the line is cut off by the terminal: a second line could not be taken back.
WITHOUT_WRAP, WITH_WRAP = "\033[?7l", "\033[?7h"


class TerminalTeller:
    """Writes a line for each step that ended; on a terminal also a bar that moves meanwhile."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._moves = out.isatty()
        self._number = 0
        self._title = ""

    def open_chapter(self, title: str) -> None:
        self._out.write(f"\n{title}")

    def begin(self, number: int, title: str) -> None:
        self._number, self._title = number, title
        self._redraw(f"{number:>4}  {title} …")

    def show(self, share: float, doing: str) -> None:
        full = round(share * BAR_CELLS)
        bar = "█" * full + "░" * (BAR_CELLS - full)
        self._redraw(f"{self._number:>4}  {bar} {share:>4.0%}  {self._title}: {doing}")

    def end(self, done: Done, *, seconds: float, was_there: bool) -> None:
        """Write what came of the step, how long it took, and where the ledger proves it."""
        how = _("already there") if was_there else f"{seconds:.1f} s"
        self._redraw("")
        self._out.write(
            _("%(step)s: %(what)s (%(how)s; ledger %(reference)s)")
            % {
                "step": f"{self._number:>4}  {self._title}",
                "what": done.what,
                "how": how,
                "reference": done.reference,
            }
        )

    def close_chapter(self, *, seconds: float) -> None:
        """Write how long the chapter took."""
        self._out.write("      " + _("this chapter: %(seconds).1f s") % {"seconds": seconds})

    def _redraw(self, line: str) -> None:
        if self._moves:
            self._out.write(f"{CLEAR_LINE}{WITHOUT_WRAP}{line}{WITH_WRAP}", ending="")
            self._out.flush()
