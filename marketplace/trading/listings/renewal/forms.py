from django.utils.translation import gettext_lazy

from marketplace.web.bounded import forms


class RenewalForm(forms.Form):
    """The days on which a renewed listing is sold; the proofs are the newest that stand."""

    on_sale_from = forms.DateField(
        label=gettext_lazy("On sale from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    on_sale_until = forms.DateField(
        label=gettext_lazy("On sale until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave it empty to sell without a last day."),
    )
