"""Keys to a grant, for Django REST framework. They open that grant's data and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from marketplace.accounts.models import Person
from marketplace.core import WrongState
from marketplace.delivery.use.models import GrantKey
from marketplace.delivery.use.selectors import seconds_to_wait
from marketplace.delivery.use.services import PREFIX, RATE_USED, use_grant_key


class GrantKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer dgk_…`."""

    def authenticate(self, request: Request) -> tuple[Person, GrantKey] | None:
        """Return the person who made the key that the request carries, who from here on acts.

        Raises:
            AuthenticationFailed: it is unknown, revoked or expired.
            NotAllowed: it was made without the second factor that its person needs, or their
                organization is suspended.
        """
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        used = use_grant_key(words[1].decode("latin-1")) if len(words) == 2 else None
        if used is None:
            raise AuthenticationFailed(
                _("This key is unknown, revoked or expired. Make a new one on the grant's page.")
            )
        request._request.actor = used.by  # type: ignore[attr-defined]
        return used.key.person, used.key

    def authenticate_header(self, request: Request) -> str:
        """Ask for a key, so that the answer is 401 and not 403."""
        return "Bearer"


class OwnGrantKeyAuthentication(GrantKeyAuthentication):
    """The same where a person's token opens the address too: what is no such key is left to it."""

    def authenticate(self, request: Request) -> tuple[Person, GrantKey] | None:
        """Return the person who made the key; None where the request carries none."""
        words = get_authorization_header(request).split()
        is_key = len(words) == 2 and words[1].startswith(f"{PREFIX}_".encode())
        return super().authenticate(request) if is_key else None


class GrantKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = GrantKeyAuthentication
    name = "grantKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key to one grant."}


class OwnGrantKeyScheme(GrantKeyScheme):  # type: ignore[no-untyped-call]
    """Describes the same beside a person's token."""

    target_class = OwnGrantKeyAuthentication
    name = "ownGrantKey"


@contextmanager
def counted(grant_id: UUID) -> Iterator[None]:
    """Yield 429 where the counting act found that too many programs asked at this moment."""
    try:
        yield
    except WrongState as refusal:
        if refusal.code != RATE_USED:
            raise
        raise Throttled(wait=seconds_to_wait(grant_id)) from refusal


class GrantRate(BaseThrottle):
    """So many answers a minute for all programs of a grant, counted in the database."""

    def __init__(self) -> None:
        self._seconds: float | None = None

    def allow_request(self, request: Request, view: object) -> bool:
        if isinstance(request.auth, GrantKey):
            self._seconds = seconds_to_wait(request.auth.grant_id)
        return self._seconds is None

    def wait(self) -> float | None:
        """Return the seconds of `Retry-After`."""
        return self._seconds
