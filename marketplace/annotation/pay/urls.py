"""The addresses of money for labels."""

from django.urls import path

from marketplace.annotation.pay import api, views

urlpatterns = [
    path("labelling/<uuid:pk>/fund/", views.labelling_fund, name="labelling_fund"),
    path("label-pay/", views.label_pay_list, name="label_pay_list"),
]
api_patterns = [
    path("labellings/<uuid:pk>/fund/", api.FundLabelling.as_view(), name="api_fund_labelling"),
    path("label-payments/", api.LabelPays.as_view(), name="api_list_label_pay"),
]
