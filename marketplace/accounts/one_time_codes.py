"""The one-time codes of an authenticator app, as somebody gives them anew to sign."""

from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt


def counter_of_code(person_id: UUID, code: str) -> int | None:
    """Return the counter (RFC 6238) whose code at this moment somebody gave; None for a wrong one.

    Recovery codes are none: they stand in for a lost factor at sign-in alone.
    """
    app = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    secret = decrypt(app.data["secret"])
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return int(counter)
    return None
