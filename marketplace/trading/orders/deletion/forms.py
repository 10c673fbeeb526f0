from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.web.bounded import forms


class DeletionForm(forms.Form):
    statement = forms.CharField(
        label=_("Your statement"),
        max_length=longest_of(Deletion, "statement"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "That use has stopped, and where, when and how every copy was deleted. It stands on "
            "this page for both sides and the centre, and its digest in the ledger."
        ),
    )
