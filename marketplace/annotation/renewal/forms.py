from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.renewal.selectors import Offered
from marketplace.web.bounded import forms


class RenewForm(forms.Form):
    """Over which version the project goes on."""

    version = forms.TypedChoiceField(
        label=_("Masked version"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, offered: Iterable[Offered], **options: Any) -> None:
        """Offer the versions over which the project can go on, with what is found again in each."""
        super().__init__(*args, **options)
        said = _t("%(version)s: %(found)d of %(items)d items are found again")
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (
                str(one.version.pk),
                said % {"version": one.version, "found": one.found, "items": one.items},
            )
            for one in offered
        ]
