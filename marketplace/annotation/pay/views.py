"""The pages of money for labels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from marketplace.annotation.pay.filters import PayFilters
from marketplace.annotation.pay.forms import FundForm
from marketplace.annotation.pay.selectors import pay_visible_to
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.pay.tables import PayTable
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.views import labelling_page
from marketplace.web.act_pages import form_page
from marketplace.web.lists import list_of

labelling_fund = form_page(
    fund_labelling,
    FundForm,
    done=gettext_lazy("The amount is set aside for labels."),
    onto="labelling_detail",
    again=labelling_page,
    of=labellings_visible_to,
    form_as="fund_form",
)
label_pay_list = list_of(
    pay_visible_to, PayTable, "annotation/label_pay_list.html", filters=PayFilters
)
