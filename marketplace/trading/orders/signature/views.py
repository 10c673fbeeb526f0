"""What the pages share on which a text is signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from marketplace.accounts.passkeys import passkeys_of, rp_id
from marketplace.accounts.services import count_signing_try
from marketplace.trading.orders.contract.forms import PasskeySignForm, SignForm
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.signature.evidence import challenge_for
from marketplace.web.pages import attempt
from marketplace.web.requests import actor


def accepted(request: HttpRequest, form: SignForm, act: Callable[[], object]) -> bool:
    """Let somebody accept a text by their password; tell whether they have."""
    if not form.is_valid():
        return False
    # A stolen session must not become a way to guess the password.
    attempt(form, lambda: count_signing_try(by=actor(request)))
    return form.is_valid() and attempt(form, act) is not None


def to_sign(
    digest: str,
    subject_id: UUID,
    *,
    side: Side | None,
    person_id: UUID | None,
    may_sign: bool,
    form: SignForm | None,
    passkey_form: PasskeySignForm | None,
) -> dict[str, Any]:
    """Return what the piece `partials/signing.html` shows."""
    return {
        "digest": digest,
        "form": form or SignForm(),
        "passkey_form": passkey_form or PasskeySignForm(),
        "may_sign": may_sign,
        "passkeys": passkeys_of(person_id) if may_sign and person_id else [],
        "rp_id": rp_id(),
        "challenge": challenge_for(digest, subject_id, side) if side else "",
    }
