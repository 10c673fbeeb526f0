"""What the loop waits on: a stop signal, a NOTIFY of PostgreSQL, or that some time has passed."""

import os
import select
from types import FrameType

import psycopg
from django.db import connection

from marketplace.ledger.services.recording import CHANNEL


class Bell:
    """Wakes the loop at once when somebody rings, and after a while when nobody does.

    On PostgreSQL it listens on a connection of its own, on which nothing else runs, so that no
    notification is read along with another answer and lost. Elsewhere only time wakes it.
    """

    def __init__(self) -> None:
        self.is_stopped = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._listener: psycopg.Connection[object] | None = None

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask the loop to end after its present turn; may be called from a signal handler."""
        self.is_stopped = True
        os.write(self._writer, b"!")

    def wait(self, seconds: float) -> bool:
        """Wait until somebody rings, or the seconds have passed; return whether somebody rang.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        sources: list[int] = [self._reader]
        if connection.vendor == "postgresql":
            sources.append(self._listening().fileno())
        rung, _written, _broken = select.select(sources, [], [], seconds)
        if self._listener is not None and self._listener.fileno() in rung:
            # Read what is there: one wake-up serves all of it.
            for _notification in self._listener.notifies(timeout=0):
                pass
        return bool(rung)

    def pause(self, seconds: float) -> None:
        """Wait until the seconds have passed, or somebody stops the loop."""
        select.select([self._reader], [], [], seconds)

    def listen(self) -> None:
        """Begin to hear what is told from now on, where the database can tell."""
        if connection.vendor == "postgresql":
            self._listening()

    def hang_up(self) -> None:
        """Drop the listening connection; the next wait opens a new one."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def close(self) -> None:
        """Give everything back."""
        self.hang_up()
        os.close(self._reader)
        os.close(self._writer)

    def _listening(self) -> psycopg.Connection[object]:
        if self._listener is None or self._listener.closed:
            self._listener = connection.get_new_connection(connection.get_connection_params())
            self._listener.autocommit = True
            self._listener.execute(f"LISTEN {CHANNEL}")
        return self._listener
