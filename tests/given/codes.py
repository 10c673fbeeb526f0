"""An authenticator app in software: the one-time codes of a person."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from tests.given.world import World


def with_app(world: World, name: str) -> str:
    """Set an authenticator app up for a person; return its secret."""
    secret = str(generate_totp_secret())
    TOTP.activate(world.person(name), secret)
    return secret


def code_of(secret: str) -> str:
    """Return what an authenticator app shows at this moment."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))
