"""Sign the status lists that are served to everybody."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.credentials.data_integrity import proof_of, proof_options
from marketplace.credentials.identity import issuer_of, verification_method
from marketplace.credentials.models import SigningKey
from marketplace.credentials.multibase import ED25519_PUBLIC, from_base58btc
from marketplace.credentials.selectors import has_list, key_in_use, key_of, places_in_state
from marketplace.credentials.services.keys import sign
from marketplace.credentials.states import CredentialState
from marketplace.credentials.status_lists import REVOCATION, SUSPENSION, encoded_list
from marketplace.credentials.verifiable import stamp, unsigned_status_list

HOLDS_HOURS = 24
STATE_OF_PURPOSE = {
    REVOCATION: CredentialState.REVOKED,
    SUSPENSION: CredentialState.SUSPENDED,
}


def signed_status_list(issuer: str, *, purpose: str, number: int) -> dict[str, Any]:
    """Return a status list as it stands, signed in the issuer's name.

    It holds for a day from the beginning of this hour, so that within the hour the same state gives
    the same bytes.

    Raises:
        NotFound: there is no such list, or no key that may sign it.
    """
    state = STATE_OF_PURPOSE.get(purpose)
    key = _key_for(issuer)
    if state is None or key is None or not has_list(issuer, number):
        raise NotFound(_("There is no such status list."))
    hour = _hour(clock.now())
    document = unsigned_status_list(
        issuer=issuer,
        purpose=purpose,
        number=number,
        encoded=encoded_list(places_in_state(issuer, number, state)),
        on=hour,
        hours=HOLDS_HOURS,
    )
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=stamp(hour),
    )
    return {**document, "proof": proof_of(document, options, sign=partial(sign, key))}


def _key_for(issuer: str) -> SigningKey | None:
    """Find the key: under a `did:key` the one that it names, else the one in use."""
    if not issuer.startswith("did:key:"):
        key = key_in_use()
        return key if key is not None and issuer == issuer_of(key.public_key) else None
    try:
        named = from_base58btc(issuer.removeprefix("did:key:"))
    except ValueError:
        return None
    return key_of(named.removeprefix(ED25519_PUBLIC).hex())


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
