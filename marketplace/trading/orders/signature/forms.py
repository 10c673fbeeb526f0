from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core.arguments import argument_of
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm, form_field, form_of


class SignForm(forms.Form):
    """A witnessed acceptance: the digest of the text that stands above the form, a password."""

    digest = form_field(argument_of(sign_contract, "digest"))
    read = forms.BooleanField(label=_("I have read the text and acknowledge it for my side."))
    password = forms.CharField(
        label=_("Your password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def form_by_passkey(sent: Any = None) -> ActForm:
    """Return the form of a signature, which a script fills in with what the passkey answered."""
    return form_of(sign_contract)(sent, without=("code",))
