"""What somebody enters to check a certificate."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.credentials.documents import MAX_BYTES
from marketplace.credentials.models import Credential
from marketplace.web.bounded import forms


class CheckForm(forms.Form):
    """A number, or the document itself as text or file."""

    number = forms.CharField(
        label=_("Number"),
        max_length=longest_of(Credential, "number"),
        required=False,
        help_text=_("It stands on the certificate, such as PR-202611-0001."),
    )
    document = forms.CharField(
        label=_("Document (JSON)"),
        max_length=MAX_BYTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Paste the whole file, without changes."),
    )
    file = forms.FileField(label=_("or its file"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the three."""
        sent = super().clean() or {}
        given = [name for name in ("number", "document", "file") if sent.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(_("Give a number, or a document, or a file: one of them."))
        return sent
