"""An office whose table is sold day by day, and by itself what each revision of it must be.

Nothing of the centre's code computes what is expected here: rows are kept as Python has them, and
what the policy does to a row is written down once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.plugins.sources import SourceServer

TABLE = "ridership"
COLUMNS = ("day", "line", "depot", "boardings", "note")
RELEASED = ("day", "line", "boardings", "note")
KEY = ("day", "line")
LINES = 5
MOST = 1300
"""The policy codes what is above as this."""
MASKS: dict[str, Any] = {
    "depot": "drop",
    "boardings": {"mask": "top_bottom_code", "options": {"top": MOST}},
}

Row = tuple[str, int, int, str]
"""A released row: day, line, boardings, note."""
Change = tuple[str, int, int, str, str]


@dataclass
class Office:
    """The table of an office in a real database, and what is released of it."""

    server: SourceServer
    chance: Random
    first: date
    rows: dict[tuple[str, int], tuple[str, int, str]] = field(default_factory=dict)
    days: int = 0

    def begin(self) -> None:
        """Make the table, with the rows of two days."""
        self.server.run(f"DROP TABLE IF EXISTS {TABLE}, {TABLE}_away")
        self.server.run(
            f"CREATE TABLE {TABLE} (day date, line int, depot varchar(20), boardings int,"
            " note varchar(20), PRIMARY KEY (day, line))"
        )
        for _each in range(2):
            self.count_passengers()

    def count_passengers(self) -> None:
        """Add the rows of another day, correct one row of before, and take one away."""
        day = (self.first + timedelta(days=self.days)).isoformat()
        self.days += 1
        old = sorted(self.rows)
        for line in range(1, LINES + 1):
            values = f"D{line % 2}", self.chance.randint(200, 1600), "on time"
            self.rows[day, line] = values
            self.server.run(
                f"INSERT INTO {TABLE} VALUES"
                f" ('{day}', {line}, '{values[0]}', {values[1]}, '{values[2]}')"
            )
        if len(old) > LINES:
            self._correct(*old[self.chance.randrange(len(old))])
            gone = old[self.chance.randrange(len(old))]
            del self.rows[gone]
            self.server.run(f"DELETE FROM {TABLE} WHERE day = '{gone[0]}' AND line = {gone[1]}")

    def _correct(self, day: str, line: int) -> None:
        depot, _boardings, note = self.rows[day, line]
        boardings = self.chance.randint(200, 1600)
        self.rows[day, line] = depot, boardings, note
        self.server.run(
            f"UPDATE {TABLE} SET boardings = {boardings} WHERE day = '{day}' AND line = {line}"
        )

    def move_away(self) -> None:
        """Let nobody find the table."""
        self.server.run(f"ALTER TABLE {TABLE} RENAME TO {TABLE}_away")

    def move_back(self) -> None:
        """Let the table be found again."""
        self.server.run(f"ALTER TABLE {TABLE}_away RENAME TO {TABLE}")

    def err(self) -> None:
        """Write what no machine counts, into one row."""
        self.count_passengers()
        day, line = self.chance.choice(sorted(self.rows))
        self.server.run(f"UPDATE {TABLE} SET boardings = -1 WHERE day = '{day}' AND line = {line}")

    def mend(self) -> None:
        """Write again what is right."""
        for (day, line), (_depot, boardings, note) in self.rows.items():
            self.server.run(
                f"UPDATE {TABLE} SET boardings = {boardings}, note = '{note}'"
                f" WHERE day = '{day}' AND line = {line}"
            )

    def leak(self) -> None:
        """Let telephone numbers of drivers stand where notes stood."""
        self.count_passengers()
        self.server.run(
            f"UPDATE {TABLE} SET note = (13803870000 + line * 97 + extract(day FROM day) * 7)"
            "::bigint::text"
        )

    def change_columns(self) -> None:
        """Let numbers be texts, as a new program of the office writes them."""
        self.count_passengers()
        self.server.run(f"ALTER TABLE {TABLE} ALTER boardings TYPE varchar(20)")

    def change_columns_back(self) -> None:
        """Let texts be numbers again."""
        self.server.run(f"ALTER TABLE {TABLE} ALTER boardings TYPE int USING boardings::int")

    def released(self) -> list[Row]:
        """Return the rows that a revision of the table as it stands must have, sorted."""
        return sorted(
            (day, line, min(boardings, MOST), note)
            for (day, line), (_depot, boardings, note) in self.rows.items()
        )


def changes_between(before: list[Row], after: list[Row]) -> list[Change]:
    """Return what changed by the key, sorted."""
    old, new = ({row[:2]: row for row in rows} for rows in (before, after))
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            found.append((*old[key], "delete"))
        elif key not in old:
            found.append((*new[key], "insert"))
        elif old[key] != new[key]:
            found += [(*old[key], "update_preimage"), (*new[key], "update_postimage")]
    return sorted(found)


def bills_of(rows_by_month: dict[str, int], price: Decimal) -> dict[str, Decimal]:
    """Return what each month costs."""
    return {month: rows * price for month, rows in rows_by_month.items()}
