"""An authenticator app in software: the one-time codes of a person, and the clock they go by.

A code is right for the half minute that it is of. The clock stands still while a test runs, so that
no half minute ends between the code and whoever judges it, and moves when the test says so.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth

from tests.given.world import World


@dataclass
class StandingClock:
    """Stands in for the module `time` where one-time codes are computed."""

    moment: float = field(default_factory=time.time)

    def time(self) -> float:
        """Return the moment at which the test began, or to which it moved the clock."""
        return self.moment


def stand_still() -> None:
    """Let the clock of one-time codes show the present moment, until it is moved."""
    _set(StandingClock())


def move(seconds: float) -> None:
    """Move the clock of one-time codes."""
    _set(StandingClock(auth.time.time() + seconds))


def next_code() -> None:
    """Let authenticator apps show their next code, since each serves once."""
    move(app_settings.TOTP_PERIOD)


def with_app(world: World, name: str) -> str:
    """Set an authenticator app up for a person; return its secret."""
    secret = str(auth.generate_totp_secret())
    auth.TOTP.activate(world.person(name), secret)
    return secret


def code_of(secret: str) -> str:
    """Return what an authenticator app shows at this moment."""
    counter = int(auth.time.time()) // app_settings.TOTP_PERIOD
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def _set(clock: StandingClock) -> None:
    vars(auth)["time"] = clock
