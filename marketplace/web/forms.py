"""Forms that all apps share."""

from uuid import UUID

from django.http import HttpRequest

from marketplace.web.bounded import forms


class CopyForm(forms.Form):
    """Which thing of before an address names, to begin with what it says."""

    copy = forms.UUIDField(required=False)

    @classmethod
    def asked(cls, request: HttpRequest) -> UUID | None:
        """Return the key that a request names, None where it names none."""
        form = cls(request.GET)
        key: UUID | None = form.cleaned_data["copy"] if form.is_valid() else None
        return key
