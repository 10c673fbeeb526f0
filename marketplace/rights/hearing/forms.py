from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.rights.objection.models import Exhibit
from marketplace.web.bounded import forms


class ExhibitForm(forms.Form):
    """A file that a party to an objection shows."""

    title = forms.CharField(
        label=_("Title"),
        max_length=longest_of(Exhibit, "title"),
        required=False,
        help_text=_("What it shows. Empty: the name of the file."),
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Both parties and the centre's reviewers can read it."),
    )
