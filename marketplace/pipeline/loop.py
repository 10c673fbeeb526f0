"""The one loop that seals what was recorded, reacts to it, and does what is due."""

import logging
import time
from collections.abc import Sequence

from django.db import connection

from marketplace.core import Refusal, clock
from marketplace.ledger.services.sealing import Horizon
from marketplace.pipeline.bell import Bell
from marketplace.pipeline.due import CLOCKWORK, DUE, Due
from marketplace.pipeline.selectors import reacted_to, sealed_size
from marketplace.pipeline.services import react_once

POLL_SECONDS = 0.3
"""How long a loop waits that nobody can wake: SQLite tells nothing."""
SWEEP_SECONDS = 1.0
"""How often a loop looks although nobody woke it: within so long it sees that a day has begun."""
REACT_SECONDS = 0.2
"""How long it reacts before it seals again: a round of sealing costs as much as a reaction."""
RETRY_SECONDS = 60.0
"""After how long an act of time that broke is tried again, however seldom it is due."""
PAUSE_SECONDS = 1.0
"""How long to wait for a database that is away."""

log = logging.getLogger(__name__)


class Loop:
    """Turns until its bell stops it.

    `due` are the acts of time. Any number of loops may turn at once: sealing and reacting each lock
    one row, and an act that is due finds nothing where another loop has done it. When a day begins
    all are due, for proofs and terms end with days.
    """

    def __init__(self, bell: Bell, due: Sequence[Due] = DUE) -> None:
        self.bell = bell
        self._due = dict.fromkeys(due, 0.0)
        self._day = clock.today()
        self._horizon = Horizon()
        self._was_busy = False

    def run(self) -> None:
        """Turn until the bell stops it; a database that goes away is waited for."""
        while not self.bell.is_stopped:
            try:
                self.bell.listen()
                self.turn()
                self.bell.wait(self._patience())
            except Exception:
                # Above all a database that is away; nothing else in the centre seals and reacts.
                log.exception("A turn of the pipeline broke; it is tried again.")
                connection.close()
                self.bell.hang_up()
                self.bell.pause(PAUSE_SECONDS)

    def turn(self) -> None:
        """Seal what is new, react to all of it and to what follows, and do what is due."""
        self._do_due()
        self._was_busy, is_busy = False, True
        while is_busy and not self.bell.is_stopped:
            # Both each time: whoever goes on writing keeps no reaction waiting.
            sealed, reacted = self._seal(), self._react()
            is_busy = sealed or reacted
            self._was_busy |= is_busy

    def _seal(self) -> bool:
        try:
            return self._horizon.seal() > 0
        except Refusal as refusal:
            # What is sealed already is reacted to all the same.
            log.error("Nothing is sealed: %s", refusal.sentence)
            return False

    def _react(self) -> bool:
        """React for a while, and return whether there was anything to react to."""
        ends, has_reacted = time.monotonic() + REACT_SECONDS, False
        if reacted_to() + 1 >= sealed_size():
            # Without the lock on the cursor, which another loop may hold.
            return False
        while react_once() > 0:
            has_reacted = True
            if self.bell.is_stopped or time.monotonic() > ends:
                break
        return has_reacted

    def _do_due(self) -> None:
        now, today = time.monotonic(), clock.today()
        if today != self._day:
            self._day, self._due = today, dict.fromkeys(self._due, 0.0)
        for due, next_at in self._due.items():
            if now < next_at:
                continue
            self._due[due] = now + due.seconds
            try:
                due.act(by=CLOCKWORK)
            except Refusal as refusal:
                log.error("%s was refused: %s", due.act.__name__, refusal.sentence)
            except Exception:
                # One broken act of time must not stop sealing and reacting.
                log.exception("%s broke.", due.act.__name__)
                self._due[due] = now + min(due.seconds, RETRY_SECONDS)

    def _patience(self) -> float:
        # A busy writer on PostgreSQL tells of its first entry only; the rest is found so.
        is_polling = connection.vendor == "sqlite" or self._was_busy
        longest = POLL_SECONDS if is_polling else SWEEP_SECONDS
        now = time.monotonic()
        return max(0.0, min([longest, *(next_at - now for next_at in self._due.values())]))
