"""What somebody sends to have it checked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class CheckFileForm(forms.Form):
    """A file that the centre or another signed, and by what it is checked."""

    document = forms.FileField(
        label=_("Certificate, report, receipt or checkpoint"),
        help_text=_("The file as it was given to you, without changes."),
    )
    table = forms.FileField(label=_("Table of the report"), required=False)
    trust = forms.FileField(
        label=_("Keys that you trust"),
        required=False,
        help_text=_("A file trust.json. Without it nobody's signature counts."),
    )
    status = forms.FileField(
        label=_("Status list"),
        required=False,
        help_text=_("The issuer's list of certificates that were suspended or revoked."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limit = filesizeformat(settings.CENTRE["UPLOAD_MAX_BYTES"])
        self.fields["table"].help_text = _(
            "Only for a report: the data that it speaks of, at most %(limit)s. Its SHA-256 is "
            "computed as it arrives, and nothing of it is kept."
        ) % {"limit": limit}
