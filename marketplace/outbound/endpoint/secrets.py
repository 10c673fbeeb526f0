"""The secrets of an endpoint: wrapped when they are kept, opened when something is signed."""

from datetime import datetime

from marketplace.core.envelope import unwrap, wrap
from marketplace.outbound.endpoint.models import Endpoint


def secret_purpose(endpoint: Endpoint) -> str:
    """Return the purpose under which the secrets of an endpoint are wrapped."""
    return f"outbound:endpoint:{endpoint.pk}"


def wrapped(endpoint: Endpoint, secret: str) -> bytes:
    """Encrypt a secret of an endpoint under the centre's key."""
    return wrap(secret.encode(), purpose=secret_purpose(endpoint))


def secrets_of(endpoint: Endpoint, now: datetime) -> list[str]:
    """Return the secrets that sign at a moment: the present one, and the old one while it does."""
    kept = [endpoint.wrapped_secret]
    if endpoint.secret_before_until is not None and now < endpoint.secret_before_until:
        kept.append(endpoint.wrapped_secret_before)
    return [unwrap(each, purpose=secret_purpose(endpoint)).decode() for each in kept]
