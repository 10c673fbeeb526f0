"""API tokens for Django REST framework."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from marketplace.accounts.person.models import Person
from marketplace.accounts.token.models import Token
from marketplace.accounts.token.services import use_token
from marketplace.core.scopes import refuse_outside_scope
from marketplace.web.scopes import opened_by


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer dtc_…`."""

    def authenticate(self, request: Request) -> tuple[Person, Token] | None:
        """Return the person whose token the request carries, who from here on acts.

        Raises:
            AuthenticationFailed: it is unknown, revoked or expired.
            NotAllowed: it was made without the second factor that its person needs, their
                organization is suspended, or it has not the scope that the view asks for.
        """
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        address = request.META.get("REMOTE_ADDR", "")
        secret = words[1].decode("latin-1") if len(words) == 2 else ""
        used = use_token(secret, address=address)
        if used is None:
            raise AuthenticationFailed("This token is unknown, revoked or expired.")
        # Here, where no view can forget it: what names no scope is open to no token.
        refuse_outside_scope(used.by, opened_by(request.parser_context["view"]))
        # Whatever session the request carries beside the token does not act.
        request._request.actor = used.by  # type: ignore[attr-defined]
        return used.token.person, used.token

    def authenticate_header(self, request: Request) -> str:
        """Ask for a token, so that the answer is 401 and not 403."""
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
