from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.web.bounded import forms


class ApproveForm(forms.Form):
    """The checklist of content review."""

    checklist = forms.MultipleChoiceField(
        label=_("Checklist"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=CHECKLISTS[CaseKind.CONTENT],
    )
