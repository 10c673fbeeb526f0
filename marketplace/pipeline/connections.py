"""How many connections to PostgreSQL the processes of a centre open at most, and may open."""

from dataclasses import dataclass

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

OF_A_WORKER = 2
"""A worker asks on one, and tells on another that its long work goes on."""
OF_A_LOOP = 2
"""A loop asks on one, and listens on another."""
LOOPS = 2
"""One, and another that takes over."""

ALLOWED = """
SELECT current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0),
       (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
       (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
"""
"""What the server leaves to everybody, and the limits of role and database; -1 is none."""


@dataclass(frozen=True)
class Connections:
    """What may be open at the same time, and what the server allows."""

    most: int
    allowed: int

    @property
    def are_enough(self) -> bool:
        return self.most <= self.allowed


def connections_of(connection: BaseDatabaseWrapper) -> Connections:
    """Count what is configured, and ask the server what it allows."""
    with connection.cursor() as cursor:
        cursor.execute(ALLOWED)
        limits = cursor.fetchone()
    return Connections(most=most_connections(), allowed=min(each for each in limits if each >= 0))


def most_connections() -> int:
    """Return how many connections the processes of the centre open at most.

    Each thread of the web server keeps one, and a process that is exchanged for a new one keeps its
    own until it has answered.
    """
    centre = settings.CENTRE
    web = (centre["WEB_PROCESSES"] + 1) * centre["WEB_THREADS"]
    others = centre["WORKERS"] * OF_A_WORKER + LOOPS * OF_A_LOOP
    return int(web + others + centre["CONNECTIONS_KEPT"])
