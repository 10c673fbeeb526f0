from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.web.bounded import forms


class AskForm(forms.Form):
    text = forms.CharField(
        label=_("Your inquiry"),
        max_length=longest_of(Inquiry, "text"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it once it is answered. Name no person."),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=longest_of(Inquiry, "answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it, with the inquiry. Name no person."),
    )
