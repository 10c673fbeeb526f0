"""The profile file of a key: what clients of Delta Sharing take."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse

from marketplace.delivery.use.services import IssuedKey
from marketplace.trading.listings.mode.sharing import profile_name


@dataclass(frozen=True)
class Profile:
    """A file that the clients of Delta Sharing take; it holds the key."""

    name: str
    text: str

    @property
    def address(self) -> str:
        """Return the text as an address, so that a page can offer it without keeping it."""
        return f"data:application/json;base64,{base64.b64encode(self.text.encode()).decode()}"


def profile_of(issued: IssuedKey, *, address: str) -> Profile:
    """Return the profile file of a new key; `address` is the site's."""
    endpoint = address.rstrip("/") + reverse("sharing_shares").removesuffix("/shares")
    text = profile_text(endpoint=endpoint, secret=issued.secret, expires_at=issued.key.expires_at)
    return Profile(profile_name(issued.key.grant.sha256), text)


def profile_text(*, endpoint: str, secret: str, expires_at: datetime) -> str:
    """Write the profile file that the clients take."""
    profile = {
        "shareCredentialsVersion": 1,
        "endpoint": endpoint,
        "bearerToken": secret,
        "expirationTime": expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return json.dumps(profile, indent=2) + "\n"
