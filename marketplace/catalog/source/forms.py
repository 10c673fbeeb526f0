from django.utils.translation import gettext_lazy as _

from marketplace.catalog.source.connections import Connection
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class ConnectionForm(ActForm):
    takes = staticmethod(Connection)

    def connection(self) -> Connection:
        return Connection(**self.taken())


class TableSearchForm(forms.Form):
    q = forms.CharField(label=_("Words of the name"), required=False, max_length=100)
