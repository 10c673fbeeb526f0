"""Say measured figures as lines of JSON, which the harness joins into one table."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """Hold one measured figure against its bar.

    `bar` is the limit, `most` says whether it is an upper one. `unit` is “×”, “s”, “MB” and so on;
    `note` says what else a reader must know, such as the size of the table.
    """

    what: str
    measured: float
    bar: float | None = None
    most: bool = True
    unit: str = "×"
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Return whether the bar is reached; None without a bar."""
        if self.bar is None:
            return None
        return self.measured <= self.bar if self.most else self.measured >= self.bar

    def as_row(self) -> tuple[str, str, str, str, str]:
        """Return the cells of a printed table."""
        sign = "≤" if self.most else "≥"
        bar = "" if self.bar is None else f"{sign} {self.bar:,g} {self.unit}"
        verdict = {True: "yes", False: "NO", None: ""}[self.holds]
        return self.what, bar, f"{self.measured:,.3g} {self.unit}", verdict, self.note


def say(figure: Figure) -> None:
    """Print a figure for the harness, at once, so that a later failure loses nothing."""
    print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)


def heard(lines: Iterable[str]) -> list[Figure]:
    """Read what `say` printed; other lines go to standard error."""
    figures = []
    for line in lines:
        if line.startswith("{"):
            figures.append(Figure(**json.loads(line)))
        elif line.strip():
            print(line.rstrip(), file=sys.stderr)
    return figures


def table_of(figures: Iterable[Figure]) -> str:
    """Lay figures out as a Markdown table."""
    lines = ["| what | bar | measured | holds | note |", "|---|---|---|---|---|"]
    lines += ["| " + " | ".join(figure.as_row()) + " |" for figure in figures]
    return "\n".join(lines)
