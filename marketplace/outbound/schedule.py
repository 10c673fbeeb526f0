"""When what could not be sent is tried again, and how long anything may take."""

from datetime import datetime, timedelta

RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each failed try the next one follows; after the last a message is given up."""
RESTS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
)
"""How long an endpoint rests, with all its messages, after so many failures in a row."""
DISABLE_AFTER = timedelta(days=3)
"""An endpoint that failed for so long, and took nothing in that time, is disabled."""
OLD_SECRET_FOR = timedelta(hours=24)
"""How long a secret that was replaced goes on signing beside the new one."""
LONGEST_SECONDS = 15
"""From the connection to the end of the answer."""
LEASE = timedelta(seconds=60)
"""After how long a try whose worker says nothing counts as broken off."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many failed tries; None where nobody tries any more."""
    return now + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def rest_after(failures: int) -> timedelta:
    """Return how long an endpoint rests after so many failures in a row."""
    return RESTS[min(failures, len(RESTS)) - 1]
