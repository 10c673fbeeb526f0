from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.trading.listings.listing.forms import OfferForm
from marketplace.trading.listings.listing.models import Listing
from marketplace.web.bounded import forms


class DraftForm(OfferForm):
    """A new listing, which may take the place of one on the market."""

    replaces = forms.ChoiceField(
        label=gettext_lazy("Takes the place of"),
        required=False,
        help_text=gettext_lazy(
            "The older listing leaves the market when this one is published. Its orders continue."
        ),
    )

    def __init__(
        self, *args: Any, version: DatasetVersion, on_market: list[Listing], **options: Any
    ) -> None:
        """Offer the listings of the same data; ask nothing where there is none.

        Those of the same version come first, since an offer anew mostly corrects one.
        """
        super().__init__(*args, version=version, **options)
        if not on_market:
            del self.fields["replaces"]
            return
        first = sorted(on_market, key=lambda one: one.revision.version_id != version.pk)
        beside = ("", _("No listing: it is sold beside the others"))
        self.fields["replaces"].choices = [beside, *map(_choice, first)]  # type: ignore[attr-defined]
        self.fields["replaces"].initial = str(first[0].pk)

    def replaced(self) -> UUID | None:
        """Return the key of the listing whose place it takes."""
        chosen = self.cleaned_data.get("replaces")
        return UUID(chosen) if chosen else None


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


class InvitationForm(forms.Form):
    invited = forms.CharField(
        label=gettext_lazy("Invite further organizations"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One unified social credit code a line."),
    )

    def codes(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["invited"].split())


class GuestForm(forms.Form):
    """The organization whose invitation is taken back."""

    organization = forms.UUIDField(widget=forms.HiddenInput)


def _choice(listing: Listing) -> tuple[str, str]:
    day = date_format(listing.published_at) if listing.published_at else ""
    return str(listing.pk), _("“%(title)s”, published on %(day)s") % {
        "title": listing.title,
        "day": day,
    }
