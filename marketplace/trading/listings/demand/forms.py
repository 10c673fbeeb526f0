from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.services import Wish
from marketplace.trading.listings.listing.models import Listing
from marketplace.web.bounded import forms


class DemandForm(forms.Form):
    """What a buyer looks for. The key makes a form that is sent twice one request."""

    title = forms.CharField(
        label=_("What you look for, in a few words"), max_length=longest_of(Demand, "title")
    )
    wanted = forms.CharField(
        label=_("The data that you need"),
        max_length=longest_of(Demand, "wanted"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Fields, region, time, how often it changes, how many rows."),
    )
    purpose = forms.CharField(
        label=_("What you will use the data for"),
        max_length=longest_of(Demand, "purpose"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    budget_from = forms.DecimalField(label=_("Budget from"), required=False)
    budget_to = forms.DecimalField(label=_("Budget to"), required=False)
    open_until = forms.DateField(
        label=_("Open until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    request_key = forms.CharField(
        max_length=longest_of(Demand, "request_key"),
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )

    def wish(self) -> Wish:
        sent = self.cleaned_data
        return Wish(**{name: sent[name] for name in sent if name != "request_key"})


class DemandAnswerForm(forms.Form):
    """A listing of one's own, or words."""

    listing = forms.TypedChoiceField(
        label=_("Listing"), required=False, coerce=UUID, empty_value=None
    )
    message = forms.CharField(
        label=_("Message to the buyer"),
        required=False,
        max_length=longest_of(DemandAnswer, "message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you could offer, and by when."),
    )

    def __init__(self, *args: Any, listings: Iterable[Listing], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listing"].choices = [  # type: ignore[attr-defined]
            ("", _("None, only a message")),
            *((str(listing.pk), listing.title) for listing in listings),
        ]
