from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.token.models import Token
from marketplace.core import Scope, longest_of
from marketplace.web.bounded import forms


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=longest_of(Token, "name"), help_text=_("What will use it?")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
    )
    days = forms.IntegerField(label=_("Days until it expires"))

    def __init__(
        self, *args: Any, scopes: Iterable[str], longest_days: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field, allowed = self.fields["scopes"], frozenset(scopes)
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (scope.value, scope.explained) for scope in Scope if scope.value in allowed
        ]
        self.fields["days"].initial = min(90, longest_days)
        self.fields["days"].help_text = _("At most %(most)d.") % {"most": longest_days}


class TokenPolicyForm(forms.Form):
    """What the tokens of an organization's people may be used for, and their longest life."""

    scopes = forms.MultipleChoiceField(
        label=_("What tokens may be used for"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope.value, scope.explained) for scope in Scope],
        required=False,
        help_text=_("With none, tokens open nothing."),
    )
    days = forms.IntegerField(label=_("Longest life in days"))
