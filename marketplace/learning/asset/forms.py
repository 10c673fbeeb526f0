from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class ModelAssetForm(forms.Form):
    """What the new dataset is called, and what the model does."""

    title = forms.CharField(label=_("Title"), max_length=40)
    abstract = forms.CharField(
        label=_("What it does"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the model tells from what, for whom, and what it is not for."),
    )
