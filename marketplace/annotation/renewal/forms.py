from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _t

from marketplace.annotation.renewal.selectors import Offered
from marketplace.annotation.renewal.services import renew_labelling
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class RenewForm(ActForm):
    """Over which version the project goes on."""

    takes = staticmethod(renew_labelling)

    def __init__(self, *args: Any, offered: Iterable[Offered], **options: Any) -> None:
        """Offer the versions over which the project can go on, with what is found again in each."""
        super().__init__(*args, **options)
        said = _t("%(version)s: %(found)d of %(items)d items are found again")
        self.fields["version"].widget = forms.RadioSelect()
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (
                str(one.version.pk),
                said % {"version": one.version, "found": one.found, "items": one.items},
            )
            for one in offered
        ]
