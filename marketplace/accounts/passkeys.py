"""The passkeys that people have registered, and whether somebody knows their password."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from fido2 import cbor

from marketplace.accounts.person.models import Person
from marketplace.web.context import centre_name


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys belong to the centre's domain, whatever name a request was sent to."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the party that passkeys are made for."""
        return {"id": rp_id(), "name": centre_name()}


@dataclass(frozen=True)
class Passkey:
    """A registered passkey; id and public key (COSE) in base64url without padding."""

    credential_id: str
    public_key: str
    name: str


def rp_id() -> str:
    """Return the domain that the centre's passkeys are bound to."""
    return str(settings.CENTRE_DOMAIN).partition(":")[0]


def passkeys_of(person_id: UUID) -> list[Passkey]:
    """Return the passkeys of a person, oldest first."""
    rows = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.WEBAUTHN)
    found = []
    for row in rows.order_by("pk"):
        data = row.wrap().authenticator_data.credential_data
        if data is not None:
            found.append(
                Passkey(
                    credential_id=_text(data.credential_id),
                    public_key=_text(cbor.encode(dict(data.public_key))),
                    name=str(row.data["name"]),
                )
            )
    return found


def knows_password(person_id: UUID, password: str) -> bool:
    return Person.objects.get(pk=person_id).check_password(password)


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
