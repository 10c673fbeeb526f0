"""The fields of a form that narrows a list."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from tests.web.test_components import HOSTILE, drawn


class Narrowing(forms.Form):
    """A form that narrows a list."""

    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=50)
    kind = forms.ChoiceField(
        label=gettext_lazy("Theme"), required=False, choices=[("", gettext_lazy("Any"))]
    )
    price = forms.DecimalField(label=gettext_lazy("Price from"), required=False, min_value=0)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_field_of_search_is_drawn_like_any_other(language: str) -> None:
    """Whatever is sent, for the first time and again, in the reader's language."""
    fields = "{{% load crispy_forms_tags %}}{{% for one in form %}}{{{{ one|{} }}}}{{% endfor %}}"
    sent: tuple[dict[str, str], ...] = (
        *({}, {"words": "bus"}, {"words": HOSTILE}, {"words": "b" * 51}, {"words": "b" * 500}),
        *({"kind": "none such"}, {"price": "0.50"}, {"price": "-1"}, {"price": "cheap"}),
    )
    with translation.override(language):
        expected = [drawn(fields.format("as_crispy_field"), form=Narrowing(one)) for one in sent]
        for _again in range(2):
            assert expected == [
                drawn(fields.format("search_field"), form=Narrowing(one)) for one in sent
            ]
    assert len(set(expected)) == len(sent)
    assert all(("主题" if language == "zh-hans" else "Theme") in one for one in expected)
