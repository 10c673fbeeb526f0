from marketplace.annotation.pay.filters import PayFilters
from marketplace.annotation.pay.selectors import pay_visible_to
from marketplace.annotation.pay.serializers import LabelPayOut
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.pay.tables import PayTable
from marketplace.annotation.project.serializers import LabellingOut
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

urlpatterns = [
    list_of(
        "label-pay/",
        pay_visible_to,
        PayTable,
        "annotation/label_pay_list.html",
        filters=PayFilters,
        name="label_pay_list",
    ),
]
api_patterns = [
    act_view(
        "labellings/<uuid:pk>/fund/",
        fund_labelling,
        scope=Scope.TRADE,
        takes=serializer_of(
            fund_labelling, about="How much is set aside, under a key that makes it one."
        ),
        gives=LabellingOut,
        summary="Set money aside for labels",
        about="Set aside for a labelling project a part of what the data's owner earned by sales.",
    ),
    list_view(
        "label-payments/",
        pay_visible_to,
        operation="list_label_pay",
        filters=PayFilters,
        gives=LabelPayOut,
        summary="List pay for labels",
        about="What was paid for labels: one line an annotator and project.",
    ),
]
