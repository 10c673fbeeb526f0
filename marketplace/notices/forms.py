from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import kinds_to_choose
from marketplace.web.bounded import forms


class EmailForm(forms.Form):
    """What shall be e-mailed; the page draws the boxes beside the kinds.

    `shown` names the kinds that had a box, so that one which the page did not show stays as it is.
    """

    shown = forms.MultipleChoiceField(choices=kinds_to_choose, required=False)
    email = forms.MultipleChoiceField(label=_("By e-mail"), choices=kinds_to_choose, required=False)

    def wanted(self) -> dict[str, bool]:
        """Return by kind whether its box was ticked."""
        ticked = self.cleaned_data["email"]
        return {kind: kind in ticked for kind in self.cleaned_data["shown"]}
