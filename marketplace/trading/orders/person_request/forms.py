from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class PersonReferenceForm(forms.Form):
    reference = forms.CharField(label=_("Reference of the request"), max_length=40)
