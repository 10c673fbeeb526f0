from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.services import propose_recall
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

LINES = forms.Textarea(attrs={"rows": 4})


class ReferenceForm(forms.Form):
    reference = forms.CharField(label=_("Reference of the report"), max_length=40)


class ExamineForm(forms.Form):
    """What the first examiner proposes."""

    is_proven = forms.TypedChoiceField(
        label=_("Proposed outcome"),
        choices=[
            ("yes", _("Proven: persons can be found in this data")),
            ("no", _("Not proven")),
        ],
        coerce=lambda sent: sent == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=longest_of(Reidentification),
        widget=LINES,
        help_text=_("Who reported it reads them too. Name nobody."),
    )


class ProposeForm(ActForm):
    """A verdict that the centre itself doubts; no address names it, so a field does."""

    takes = staticmethod(propose_recall)
    field_order = ("named",)
    named = forms.CharField(
        label=_("Which data"),
        max_length=200,
        help_text=_("The address of its listing, or the number of its risk report."),
    )
