from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.web.bounded import forms

LINES = forms.Textarea(attrs={"rows": 3})


class AskForm(forms.Form):
    """What a person asks, and by what their rows are found."""

    named = forms.CharField(
        label=_("Which data"),
        max_length=200,
        help_text=_(
            "The address of its listing, or the number of its risk report or certificate, such as "
            "RR-202611-0001."
        ),
    )
    kind = forms.ChoiceField(
        label=_("What you ask"), choices=PersonRequestKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Your name, as in your identity document"), max_length=100)
    identifiers = forms.CharField(
        label=_("Numbers or addresses of yours, each on a line"),
        max_length=600,
        widget=LINES,
        help_text=_(
            "By these your rows are found: the number of your identity document, of your phone, "
            "of a contract, an e-mail address; 1 to 5. You prove that they are yours."
        ),
    )
    contact = forms.CharField(
        label=_("How we reach you to prove your identity"),
        max_length=200,
        help_text=_("A phone number or an e-mail address."),
    )
    words = forms.CharField(
        label=_("What we should know besides (optional)"),
        max_length=2000,
        required=False,
        widget=LINES,
    )

    def clean_identifiers(self) -> list[str]:
        """Return a list, one a line."""
        text: str = self.cleaned_data["identifiers"]
        return [line.strip() for line in text.splitlines() if line.strip()]


class RecordForm(AskForm):
    """The same, recorded by an officer who saw the person's document."""

    how_proved = forms.CharField(
        label=_("How the person proved who they are"),
        max_length=longest_of(PersonRequest, "how_proved"),
        help_text=_("Which kind of document you saw, where and when. No number, no name."),
    )


class ProveForm(forms.Form):
    how_proved = forms.CharField(
        label=_("How the person proved who they are"),
        max_length=longest_of(PersonRequest, "how_proved"),
        help_text=_(
            "Which kind of document you saw, where and when, for every number that is given. "
            "No number, no name."
        ),
    )


class PersonReferenceForm(forms.Form):
    reference = forms.CharField(label=_("Reference of the request"), max_length=40)


class PickUpForm(PersonReferenceForm):
    """The reference, and one of the numbers or addresses that were given."""

    identifier = forms.CharField(
        label=_("One of the numbers or addresses that you gave"), max_length=100
    )


class GrantForm(forms.Form):
    """What the person should know besides."""

    reason = forms.CharField(
        label=_("What the person should know besides"),
        max_length=longest_of(PersonRequest),
        required=False,
    )
