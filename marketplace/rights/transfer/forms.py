from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.rights.right.choices import Right
from marketplace.web.bounded import forms


class TransferForm(forms.Form):
    acquirer_uscc = forms.CharField(
        label=_("Acquirer"),
        max_length=18,
        help_text=_("Its unified social credit code; it must be a verified organization."),
    )
    rights = forms.MultipleChoiceField(
        label=_("Rights that pass"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What you do not choose stays with you. None chosen: all pass."),
    )
    limits = forms.CharField(
        label=_("Limits"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "How far the rights pass, such as a share, a place or a purpose; beyond, they stay "
            "with you. Empty: they pass wholly, and you keep nothing of them."
        ),
    )
    reference = forms.CharField(
        label=_("Contract"),
        max_length=120,
        required=False,
        help_text=_("Its number, as both sides know it. No names of people."),
    )

    def __init__(self, *args: Any, rights: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["rights"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, Right(code).label) for code in rights]
