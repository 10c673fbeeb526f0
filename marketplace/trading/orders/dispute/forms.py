from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.dispute.models import DisputeExhibit
from marketplace.web.bounded import forms


class ShowForm(forms.Form):
    """A file that shows it."""

    title = forms.CharField(
        label=_("Title"), max_length=longest_of(DisputeExhibit, "title"), required=False
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Both sides and the centre's reviewers can read it."),
    )
