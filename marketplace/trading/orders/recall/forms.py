from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.preparation.report.choices import RecallCause
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.web.bounded import forms

LINES = forms.Textarea(attrs={"rows": 4})


class ReportForm(forms.Form):
    named = forms.CharField(
        label=_("Which data"),
        max_length=200,
        help_text=_(
            "The address of its listing, or the number of its risk report or certificate, such as "
            "RR-202611-0001."
        ),
    )
    found = forms.CharField(
        label=_("What can be found"),
        max_length=longest_of(Reidentification, "found"),
        widget=LINES,
        help_text=_("Say it without naming anybody: we need no personal data of others."),
    )
    how = forms.CharField(
        label=_("How it is found"),
        max_length=longest_of(Reidentification, "how"),
        widget=LINES,
        help_text=_("What one has to know from elsewhere, which columns tell, and how to try it."),
    )
    contact = forms.CharField(
        label=_("How we can ask you back (optional)"),
        max_length=longest_of(Reidentification, "contact"),
        required=False,
    )


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


class ProposeForm(forms.Form):
    """A verdict that the centre itself doubts."""

    named = forms.CharField(
        label=_("Which data"),
        max_length=200,
        help_text=_("The address of its listing, or the number of its risk report."),
    )
    cause = forms.ChoiceField(label=_("Cause"), choices=RecallCause.choices)
    reason = forms.CharField(
        label=_("Reasons"), max_length=longest_of(Reidentification), widget=LINES
    )
