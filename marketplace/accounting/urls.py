"""The addresses of the accounting app."""

from django.urls import path

from marketplace.accounting import api, views

urlpatterns = [
    path("datasets/<uuid:pk>/costs/", views.dataset_costs, name="dataset_costs"),
    path("costs/<uuid:pk>/reverse/", views.cost_reverse, name="cost_reverse"),
    path("debt-ratio/", views.debt_ratio, name="debt_ratio"),
    path(
        "datasets/<uuid:pk>/recognition/",
        views.recognition_propose,
        name="recognition_propose",
    ),
    path("recognitions/", views.recognition_list, name="recognition_list"),
    path("recognitions/disclosure/", views.disclosure, name="disclosure"),
    path("recognitions/<uuid:pk>/", views.recognition_detail, name="recognition_detail"),
    path(
        "recognitions/<uuid:pk>/withdraw/",
        views.recognition_withdraw,
        name="recognition_withdraw",
    ),
    path(
        "recognitions/<uuid:pk>/impairment/",
        views.impairment_record,
        name="impairment_record",
    ),
    path("recognitions/<uuid:pk>/review/", views.recognition_review, name="recognition_review"),
    path("recognitions/<uuid:pk>/approve/", views.recognition_approve, name="recognition_approve"),
    path("recognitions/<uuid:pk>/return/", views.recognition_return, name="recognition_return"),
]
api_patterns = [
    path("debt-ratio/", api.DebtRatioPlan.as_view(), name="api_plan_debt_ratio"),
    path("costs/", api.Costs.as_view(), name="api_list_costs"),
    path("costs/<uuid:pk>/", api.OneCost.as_view(), name="api_get_cost"),
    path("impairments/<uuid:pk>/", api.OneImpairment.as_view(), name="api_get_impairment"),
    path("costs/<uuid:pk>/reverse/", api.ReverseCost.as_view(), name="api_reverse_cost"),
    path("datasets/<uuid:pk>/costs/record/", api.RecordCost.as_view(), name="api_record_cost"),
    path(
        "datasets/<uuid:pk>/recognition/propose/",
        api.ProposeRecognition.as_view(),
        name="api_propose_recognition",
    ),
    path("recognitions/", api.Recognitions.as_view(), name="api_list_recognitions"),
    path("recognitions/<uuid:pk>/", api.OneRecognition.as_view(), name="api_get_recognition"),
    path(
        "recognitions/<uuid:pk>/approve/",
        api.ApproveRecognition.as_view(),
        name="api_approve_recognition",
    ),
    path(
        "recognitions/<uuid:pk>/return/",
        api.ReturnRecognition.as_view(),
        name="api_return_recognition",
    ),
    path(
        "recognitions/<uuid:pk>/withdraw/",
        api.WithdrawRecognition.as_view(),
        name="api_withdraw_recognition",
    ),
    path(
        "recognitions/<uuid:pk>/impairments/record/",
        api.RecordImpairment.as_view(),
        name="api_record_impairment",
    ),
    path(
        "recognitions/disclosure/<year:year>/", api.Disclosure.as_view(), name="api_get_disclosure"
    ),
]
