"""The form in which an officer opens a feed."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.services import open_feed
from marketplace.catalog.source.extraction import Extraction
from marketplace.catalog.source.models import DatabaseSource
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class FeedForm(ActForm):
    """How often, from when on, and from where; without a source nobody asks how rows come."""

    takes = staticmethod(open_feed)

    def __init__(self, *args: Any, sources: Iterable[DatabaseSource], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source_id"]
        assert isinstance(field, forms.TypedChoiceField)
        named = [(str(each.pk), each.name) for each in sources]
        field.choices = [("", _("Nothing: it is uploaded, or sent by a program")), *named]
        for one in () if named else fields(Extraction):
            del self.fields[one.name]
