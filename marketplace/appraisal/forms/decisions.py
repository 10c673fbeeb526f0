"""What a reviewer and an owner say of a valuation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.web.bounded import forms


class ApproveForm(forms.Form):
    """The reviewer's checklist."""

    checklist = forms.MultipleChoiceField(
        label=_("I have checked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(CHECKLISTS[CaseKind.VALUATION]),
    )


class ValuationReasonForm(forms.Form):
    """A reason that the other side reads."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
