from django.utils.translation import gettext_lazy as _

from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.posting import LONGEST_ADDRESS
from marketplace.web.bounded import forms


class EventsForm(forms.Form):
    events = forms.MultipleChoiceField(
        label=_("Events"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )


class RegisterForm(EventsForm):
    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("It begins with https://. For example: https://hooks.example.org/centre"),
    )

    field_order = ("address", "events")
