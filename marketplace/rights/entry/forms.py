from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.rights.remark.choices import RemarkKind
from marketplace.rights.remark.models import Remark
from marketplace.web.bounded import forms


class RemarkForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of remark"), choices=RemarkKind.choices)
    authority = forms.CharField(
        label=_("Authority"),
        max_length=longest_of(Remark, "authority"),
        required=False,
        help_text=_("The court or body that ordered it. Needed for a freeze or a control."),
    )
    document_number = forms.CharField(
        label=_("Number of the document"),
        max_length=longest_of(Remark, "document_number"),
        required=False,
        help_text=_("As it stands on the order. Needed for a freeze or a control."),
    )
    text = forms.CharField(
        label=_("What is remarked"),
        max_length=longest_of(Remark, "text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it: no names of people."),
    )


class LiftRemarkForm(forms.Form):
    """Who ordered that a remark is lifted."""

    authority = forms.CharField(
        label=_("Authority"), max_length=longest_of(Remark, "authority"), required=False
    )
    document_number = forms.CharField(
        label=_("Number of the document"),
        max_length=longest_of(Remark, "document_number"),
        required=False,
    )
