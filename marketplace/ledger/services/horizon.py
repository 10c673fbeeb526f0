"""Where to look for entries without a leaf: not among all that were sealed long ago."""

from __future__ import annotations

import time

from django.db import connection

from marketplace.ledger.services.sealing import seal_round

DOUBT_SECONDS = 10.0
"""For how long a row number is doubted, whatever the database says of its transactions."""
WHOLE_SECONDS = 600.0
"""How often everything is looked through."""
LOOK = {
    "postgresql": (
        "SELECT coalesce(max(id), 0), pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
        "pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM ledger_entry"
    ),
    "sqlite": "SELECT coalesce(max(id), 0), 0, 0 FROM ledger_entry",
}


class Horizon:
    """Seals what waits, and keeps up to which row number nothing can turn up any more.

    On PostgreSQL row numbers commit out of their order: a number is passed only when every
    transaction has ended that ran when it was the newest. On SQLite writers queue. Whatever this
    misses is found when all is looked through, at the start and every ten minutes.
    """

    def __init__(self) -> None:
        self._passed = 0
        self._doubted: tuple[int, int, float] | None = None
        self._whole_at = time.monotonic()

    def seal(self) -> int:
        """Seal what waits; return how many entries were taken up.

        Raises:
            WrongState: the database holds less than was signed before.
        """
        now = time.monotonic()
        if now - self._whole_at > WHOLE_SECONDS:
            self._passed, self._doubted, self._whole_at = 0, None, now
        with connection.cursor() as cursor:
            cursor.execute(LOOK[connection.vendor])
            newest, oldest_running, next_transaction = cursor.fetchone()
        if newest == self._passed:
            return 0
        taken = seal_round(after=self._passed)
        if connection.vendor == "sqlite":
            self._passed = newest
        elif self._doubted is None:
            self._doubted = newest, next_transaction, now
        else:
            number, transaction, since = self._doubted
            if oldest_running >= transaction and now - since >= DOUBT_SECONDS:
                self._passed, self._doubted = number, (newest, next_transaction, now)
        return taken
