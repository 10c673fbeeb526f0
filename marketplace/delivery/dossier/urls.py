from django.urls import path

from marketplace.delivery.dossier import api, views

urlpatterns = [
    path("orders/<uuid:pk>/papers/", views.order_papers, name="order_papers"),
    path("orders/<uuid:pk>/papers.zip", views.order_archive, name="order_archive"),
    path("orders/<uuid:pk>/papers/<path:name>", views.order_paper, name="order_paper"),
    path("orders/<uuid:pk>/dossier/", views.order_dossier, name="order_dossier"),
    path(
        "orders/<uuid:pk>/dossier.zip",
        views.order_dossier_archive,
        name="order_dossier_archive",
    ),
]

api_patterns = [
    path("orders/<uuid:pk>/papers/", api.OrderPapers.as_view(), name="api_list_papers"),
    path("orders/<uuid:pk>/papers.zip", api.OrderArchive.as_view(), name="api_get_archive"),
    path("orders/<uuid:pk>/dossier/", api.OrderDossier.as_view(), name="api_read_dossier"),
    path(
        "orders/<uuid:pk>/dossier.zip",
        api.OrderDossierArchive.as_view(),
        name="api_save_dossier",
    ),
]
