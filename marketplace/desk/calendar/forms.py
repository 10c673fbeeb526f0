from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms

ALL, MINE = "all", "mine"


class CalendarForm(forms.Form):
    """Everything, or only what is the reader's to do."""

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[(ALL, _("Everything")), (MINE, _("What I have to do"))],
        required=False,
    )

    def only_mine(self) -> bool:
        """Return whether only what is to be done is asked for; an unknown word asks for all."""
        return self.is_valid() and self.cleaned_data["show"] == MINE
