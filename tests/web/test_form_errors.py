"""What is wrong with a form as a whole is said once, at its top."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory


class Named(forms.Form):
    """A form that is refused as a whole."""

    name = forms.CharField(required=False)

    def clean(self) -> None:
        """Refuse it."""
        raise forms.ValidationError("Nothing fits.")


@pytest.mark.parametrize(
    "page",
    [
        '{% include "partials/form.html" with form=form %}',
        '{% include "partials/errors.html" with form=form only %}'
        '{% include "partials/fields.html" with form=form only %}',
    ],
)
def test_a_refusal_of_the_whole_form_is_said_once(page: str) -> None:
    context = Context({"form": Named({"name": "x"}), "request": RequestFactory().get("/")})
    written = Template(page).render(context)
    assert written.count("Nothing fits.") == 1
    assert 'name="name"' in written
