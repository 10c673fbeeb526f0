from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class CloseForm(forms.Form):
    day = forms.DateField(label=_("Day to close"), widget=forms.DateInput(attrs={"type": "date"}))
