"""What the pages share on which a text is signed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.passkeys import passkeys_of, rp_id
from marketplace.accounts.session.services import count_signing_try
from marketplace.core import Allowed
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.signature.evidence import challenge_for
from marketplace.trading.orders.signature.forms import SignForm, form_by_passkey
from marketplace.web.pages import attempt, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, taken_of
from marketplace.web.templatetags.market import money


def signing_pages(
    thing: str, act: Callable[..., object], again: Callable[..., HttpResponse]
) -> list[URLPattern]:
    """Return the addresses at which a text is signed: by a password, and by a passkey.

    `thing` is `contract` or `amendment`, whose page `again` shows what is not right.
    """

    def witnessed(request: HttpRequest, pk: UUID) -> HttpResponse:
        by, form = actor(request), SignForm(request.POST)
        if form.is_valid():
            # A stolen session must not become a way to guess the password.
            attempt(form, lambda: count_signing_try(by=by))
        said = _("You have accepted. The centre has witnessed it.")
        return signed(request, pk, form, "form", ("digest", "password"), said)

    def by_passkey(request: HttpRequest, pk: UUID) -> HttpResponse:
        said = _("You have signed with your passkey.")
        form = form_by_passkey(request.POST)
        return signed(request, pk, form, "passkey_form", ("digest", "assertion"), said)

    def signed(
        request: HttpRequest,
        pk: UUID,
        form: SignForm | ActForm,
        name: str,
        takes: tuple[str, ...],
        said: str,
    ) -> HttpResponse:
        by = actor(request)
        if form.is_valid():
            given = taken_of(form)
            proof = {each: given[each] for each in takes}
            if attempt(form, lambda: act(pk, **proof, by=by)) is not None:
                messages.success(request, said)
                return redirect(f"{thing}_detail", pk=pk)
        return again(request, pk, **{name: form})

    address = f"{thing}s/<uuid:pk>/sign"
    return [
        path(f"{address}/", require_POST(signed_in(witnessed)), name=f"{thing}_sign"),
        path(
            f"{address}-by-passkey/",
            require_POST(signed_in(by_passkey)),
            name=f"{thing}_sign_by_passkey",
        ),
    ]


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
    passkey_form: ActForm | None,
) -> dict[str, Any]:
    """Return what the piece `partials/signing.html` shows."""
    return {
        "digest": digest,
        "form": form or SignForm(),
        "passkey_form": passkey_form or form_by_passkey(),
        "may_sign": may_sign,
        "passkeys": passkeys_of(person_id) if may_sign and person_id else [],
        "rp_id": rp_id(),
        "challenge": challenge_for(digest, subject_id, side) if side else "",
    }
