from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.signature.evidence import Assertion
from marketplace.web.bounded import forms


class SignForm(forms.Form):
    """A witnessed acceptance: the digest of the text that stands above the form, a password."""

    # Made of no declaration: no token may send a password, and a program sends a code instead.

    digest = forms.CharField(max_length=longest_of(Contract, "digest"), widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the text and acknowledge it for my side."))
    password = forms.CharField(
        label=_("Your password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasskeySignForm(forms.Form):
    """A signature: the digest of the text, and what the passkey answered, filled in by a script."""

    digest = forms.CharField(max_length=longest_of(Contract, "digest"), widget=forms.HiddenInput)
    credential_id = forms.CharField(max_length=1400, widget=forms.HiddenInput)
    client_data = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    authenticator_data = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    signature = forms.CharField(max_length=4000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Put what the passkey answered together."""
        sent = super().clean() or {}
        if not self.errors:
            sent["assertion"] = Assertion(**{each: sent[each] for each in sent if each != "digest"})
        return sent
