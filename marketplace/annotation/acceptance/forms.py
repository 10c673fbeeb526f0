from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


# A form that is sent empty is an answer, that all is right; a program has to say so.
class InspectForm(forms.Form):
    """Which labels of the sample are wrong."""

    wrong = forms.TypedMultipleChoiceField(
        label=_("Wrong labels"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none where all are right. The plan then decides on the whole batch."),
    )

    def __init__(self, *args: Any, sample: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["wrong"].choices = [  # type: ignore[attr-defined]
            (place, _t("Item %(number)d") % {"number": place}) for place in sample
        ]
