from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class KeyForm(forms.Form):
    """The columns that tell each row of a product from every other."""

    columns = forms.CharField(
        label=_("Key columns"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One name a line. With a key, a row that changed is told to buyers as an update; "
            "without one, as a row that went and a row that came."
        ),
    )

    def clean_columns(self) -> list[str]:
        """Read one name a line."""
        lines = self.cleaned_data["columns"].splitlines()
        return [line.strip() for line in lines if line.strip()]
