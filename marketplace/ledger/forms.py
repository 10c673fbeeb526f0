"""What somebody sends to have it checked."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.ledger.models import Entry
from marketplace.ledger.selectors import Search
from marketplace.web.bounded import forms


class SearchForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    subject = forms.CharField(
        label=_("Number or subject"),
        required=False,
        max_length=longest_of(Entry, "subject"),
        widget=forms.TextInput(attrs={"placeholder": "ORD-…", "spellcheck": "false"}),
    )
    actor = forms.CharField(
        label=_("Person or organization"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "organization:…", "spellcheck": "false"}),
    )
    since = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("All kinds")), *kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def search(self) -> Search:
        """Return what is asked for, leaving out what could not be read."""
        self.is_valid()
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})


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
