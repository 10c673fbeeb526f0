"""The addresses of the accounting app."""

from django.urls import path

from marketplace.accounting import api, views

urlpatterns = [
    path("datasets/<uuid:pk>/costs/", views.dataset_costs, name="dataset_costs"),
    path("costs/<uuid:pk>/reverse/", views.cost_reverse, name="cost_reverse"),
    path("debt-ratio/", views.debt_ratio, name="debt_ratio"),
]
api_patterns = [
    path("costs/", api.Costs.as_view(), name="api_list_costs"),
    path("costs/<uuid:pk>/reverse/", api.ReverseCost.as_view(), name="api_reverse_cost"),
    path("datasets/<uuid:pk>/costs/record/", api.RecordCost.as_view(), name="api_record_cost"),
]
