from django.urls import path

from marketplace.delivery.scoring import api, views

urlpatterns = [
    path("grants/<uuid:pk>/score/", views.grant_score, name="grant_score"),
    path(
        "grants/<uuid:pk>/score-table/",
        views.grant_score_table,
        name="grant_score_table",
    ),
]

api_patterns = [
    path(
        "grants/<uuid:pk>/score/",
        api.ScoreWithGrant.as_view(),
        name="api_score_with_grant",
    ),
    path(
        "grants/<uuid:pk>/score-table/",
        api.ScoreTableWithGrant.as_view(),
        name="api_score_table_with_grant",
    ),
]
