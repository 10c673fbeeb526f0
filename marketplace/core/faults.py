"""What a database raises that is away for a moment, and is no fault of whoever asks it."""

from typing import Final

from django.db import InterfaceError, OperationalError

DATABASE_AWAY: Final = (InterfaceError, OperationalError)
"""It restarts, refuses connections, or gives up a lock: the same may be tried again."""
