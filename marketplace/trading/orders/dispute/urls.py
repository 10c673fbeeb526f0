"""The addresses of disputes."""

from django.urls import path

from marketplace.trading.orders.dispute import api, views

DISPUTE = "disputes/<uuid:pk>/"

urlpatterns = [
    path("disputes/", views.dispute_list, name="dispute_list"),
    path("orders/<uuid:pk>/dispute/", views.dispute_open, name="dispute_open"),
    path(DISPUTE, views.dispute_detail, name="dispute_detail"),
    path(f"{DISPUTE}exhibits/", views.dispute_show, name="dispute_show"),
    path(f"{DISPUTE}exhibits/<uuid:exhibit_pk>/", views.dispute_exhibit, name="dispute_exhibit"),
    path(f"{DISPUTE}withdraw/", views.dispute_withdraw, name="dispute_withdraw"),
    path(f"{DISPUTE}propose/", views.dispute_propose, name="dispute_propose"),
    path(f"{DISPUTE}take-over/", views.dispute_take_over, name="dispute_take_over"),
    path(f"{DISPUTE}answer/", views.dispute_answer, name="dispute_answer"),
    path(f"{DISPUTE}decide/", views.dispute_decide, name="dispute_decide"),
    path(f"{DISPUTE}appeal/", views.dispute_appeal, name="dispute_appeal"),
    path(f"{DISPUTE}ruling/", views.dispute_rule, name="dispute_rule"),
]

api_patterns = [
    path("disputes/", api.Disputes.as_view(), name="api_list_disputes"),
    path("orders/<uuid:pk>/open-dispute/", api.OpenDispute.as_view(), name="api_open_dispute"),
    path(DISPUTE, api.OneDispute.as_view(), name="api_get_dispute"),
    path(f"{DISPUTE}exhibits/", api.Exhibits.as_view(), name="api_list_dispute_exhibits"),
    path(
        "dispute-exhibits/<uuid:pk>/",
        api.OneExhibit.as_view(),
        name="api_get_dispute_exhibit",
    ),
    path(f"{DISPUTE}show/", api.ShowExhibit.as_view(), name="api_show_exhibit"),
    path(f"{DISPUTE}withdraw/", api.WithdrawDispute.as_view(), name="api_withdraw_dispute"),
    path(f"{DISPUTE}propose/", api.ProposeSettlement.as_view(), name="api_propose_settlement"),
    path(f"{DISPUTE}take-over/", api.TakeOverMediation.as_view(), name="api_take_over_mediation"),
    path(f"{DISPUTE}answer/", api.AnswerSettlement.as_view(), name="api_answer_settlement"),
    path(f"{DISPUTE}decide/", api.DecideDispute.as_view(), name="api_decide_dispute"),
    path(f"{DISPUTE}appeal/", api.AppealDispute.as_view(), name="api_appeal_dispute"),
    path(f"{DISPUTE}record-ruling/", api.RecordRuling.as_view(), name="api_record_ruling"),
]
