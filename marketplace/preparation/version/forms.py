"""The form of a look at raw data."""

from marketplace.core.arguments import LONGEST_COLUMN
from marketplace.preparation.version.services import open_look
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class LookForm(ActForm):
    """A reason, with what is looked at and where to go on."""

    takes = staticmethod(open_look)
    column = forms.CharField(
        max_length=LONGEST_COLUMN, required=False, strip=False, widget=forms.HiddenInput
    )
    onward = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
