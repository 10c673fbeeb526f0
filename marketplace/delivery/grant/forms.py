from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.delivery.grant.models import Grant
from marketplace.web.bounded import forms


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=longest_of(Grant), widget=forms.Textarea(attrs={"rows": 3})
    )
