from django.urls import URLPattern, path

from marketplace.delivery.sharing import api

urlpatterns: list[URLPattern] = []

api_patterns = [
    path("delta-sharing/shares", api.Shares.as_view(), name="sharing_shares"),
    path("delta-sharing/shares/<str:share>", api.OneShare.as_view(), name="sharing_share"),
    path(
        "delta-sharing/shares/<str:share>/schemas",
        api.Schemas.as_view(),
        name="sharing_schemas",
    ),
    path(
        "delta-sharing/shares/<str:share>/all-tables",
        api.AllTables.as_view(),
        name="sharing_all_tables",
    ),
    path(
        "delta-sharing/shares/<str:share>/schemas/<str:schema>/tables",
        api.Tables.as_view(),
        name="sharing_tables",
    ),
    *(
        path(
            f"delta-sharing/shares/<str:share>/schemas/<str:schema>/tables/<str:table>/{what}",
            view.as_view(),
            name=f"sharing_table_{what}",
        )
        for what, view in api.TABLE_VIEWS.items()
    ),
    path("delta-sharing/files/<str:signed>", api.SharedFile.as_view(), name="sharing_file"),
]
