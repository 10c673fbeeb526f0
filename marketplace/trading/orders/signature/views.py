"""What the pages share on which a text is signed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from marketplace.accounts.passkeys import passkeys_of, rp_id
from marketplace.accounts.session.services import count_signing_try
from marketplace.core import Allowed
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.signature.evidence import challenge_for
from marketplace.trading.orders.signature.forms import PasskeySignForm, SignForm
from marketplace.web.pages import attempt
from marketplace.web.requests import actor
from marketplace.web.templatetags.market import money


def accepted(request: HttpRequest, form: SignForm, act: Callable[[], object]) -> bool:
    """Let somebody accept a text by their password; tell whether they have."""
    if not form.is_valid():
        return False
    # A stolen session must not become a way to guess the password.
    attempt(form, lambda: count_signing_try(by=actor(request)))
    return form.is_valid() and attempt(form, act) is not None


def bound_by(
    deal: Deal | None, approvals: Sequence[SigningApproval], acts: Allowed, sign: str
) -> dict[str, Any]:
    """Return what the piece `partials/approvals.html` shows; nothing to who is no side.

    `sign` is the act by which the text is signed.
    """
    if deal is None:
        return {"bound": ""}
    if deal.sum is None:
        sentence = _("The text binds your organization to what is used, without an upper limit.")
    else:
        sentence = _("The text binds your organization to %(sum)s in all, tax included.") % {
            "sum": money(deal.sum, deal.currency)
        }
    is_above = acts.as_json()[sign].get("code") == "above-limit"
    return {"bound": sentence, "approvals": approvals, "is_above": is_above}


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
