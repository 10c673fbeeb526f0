from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.web.bounded import forms


class ExhibitForm(forms.Form):
    """A file that a party to an objection shows."""

    title = forms.CharField(
        label=_("Title"),
        max_length=longest_of(Exhibit, "title"),
        required=False,
        help_text=_("What it shows. Empty: the name of the file."),
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Both parties and the centre's reviewers can read it."),
    )


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Objection"),
        max_length=longest_of(Objection, "text"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Say which right is wrong and why. The claimant and the centre read it, nobody else."
        ),
    )


class DecideObjectionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("rejected", _("Reject the objection: the claim continues")),
            ("upheld", _("Uphold the objection: the claim ends")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
