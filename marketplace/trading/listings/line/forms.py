"""The form in which an officer opens a feed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.choices import Every
from marketplace.catalog.source.models import DatabaseSource
from marketplace.web.bounded import forms


class FeedForm(forms.Form):
    """How often, from when on, and from where."""

    every = forms.ChoiceField(label=_("How often"), choices=Every.choices)
    first_on = forms.DateField(
        label=_("First expected on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    grace_hours = forms.IntegerField(
        label=_("Late after so many hours"),
        initial=24,
        help_text=_("Counted from the end of the day. You and your buyers are told."),
    )
    source_id = forms.TypedChoiceField(
        label=_("Drawn from"),
        required=False,
        empty_value=None,
        help_text=_("What was last drawn from it is drawn again on each day."),
    )

    def __init__(self, *args: Any, sources: Iterable[DatabaseSource], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source_id"]
        assert isinstance(field, forms.TypedChoiceField)
        named = [(str(each.pk), each.name) for each in sources]
        field.choices = [("", _("Nothing: it is uploaded, or sent by a program")), *named]
