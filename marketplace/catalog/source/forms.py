from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.source.connections import LONGEST, Connection
from marketplace.catalog.source.models import DatabaseKind, DatabaseSource, TlsMode
from marketplace.core import longest_of
from marketplace.web.bounded import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = _StrPromise | str


def password(label: Words, help_text: Words) -> forms.CharField:
    """Make a field whose value is never sent back to the browser."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST["password"],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ConnectionForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST["name"],
        help_text=_("What the source is called here. For example: Registry of the bureau."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DatabaseKind.choices)
    host = forms.CharField(
        label=_("Host"),
        max_length=longest_of(DatabaseSource, "host"),
        help_text=_("A host name or an IP address, without a port."),
    )
    port = forms.IntegerField(
        label=_("Port"),
        min_value=1,
        max_value=65535,
        help_text=_("PostgreSQL mostly listens on 5432, MySQL and MariaDB on 3306."),
    )
    database = forms.CharField(label=_("Database"), max_length=LONGEST["database"], strip=False)
    user = forms.CharField(
        label=_("User"),
        max_length=LONGEST["user"],
        strip=False,
        help_text=_("Ask for a dedicated user that may only read, and only what is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = password(
        _("Password"), _("Kept encrypted and never shown again. It is sent to this database alone.")
    )
    tls = forms.ChoiceField(label=_("Protection of the connection"), choices=TlsMode.choices)
    authorities = forms.CharField(
        label=_("Certificate authority"),
        required=False,
        max_length=LONGEST["authorities"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Where your office signs its own certificates: paste its certificate, which begins "
            "with -----BEGIN CERTIFICATE-----. Leave this empty otherwise."
        ),
    )

    def connection(self) -> Connection:
        return Connection(**self.cleaned_data)


class PasswordForm(forms.Form):
    password = password(_("New password"), _("Kept encrypted and never shown again."))


class TableSearchForm(forms.Form):
    q = forms.CharField(label=_("Words of the name"), required=False, max_length=100)
