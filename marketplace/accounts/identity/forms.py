"""The form in which somebody's identity document is noted."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import LONGEST_NUMBER
from marketplace.web.bounded import forms


class IdentityForm(forms.Form):
    """A document and its number, of which a digest stays."""

    document = forms.ChoiceField(label=_("Document shown"), choices=DocumentKind.choices)
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The number is not kept: only a keyed digest, to find a second account."),
    )
