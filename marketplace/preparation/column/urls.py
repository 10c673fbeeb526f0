from django.urls import path

from marketplace.core import Scope
from marketplace.preparation.column import api, views
from marketplace.preparation.column.selectors import hierarchies_of
from marketplace.preparation.column.serializers import HierarchyIn, HierarchyOut
from marketplace.preparation.column.services import clear_hierarchy, set_hierarchy
from marketplace.preparation.version.selectors import sources_visible_to
from marketplace.preparation.version.serializers import PreparedVersionOut
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path(
        "preparation/<uuid:pk>/hierarchies/inherit/",
        views.hierarchies_inherit,
        name="hierarchies_inherit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/",
        views.hierarchy_edit,
        name="hierarchy_edit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/clear/",
        views.hierarchy_clear,
        name="hierarchy_clear",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/download/",
        views.hierarchy_download,
        name="hierarchy_download",
    ),
]

api_patterns = [
    path("preparations/<uuid:pk>/findings/", api.Findings.as_view(), name="api_list_findings"),
    list_view(
        "preparations/<uuid:pk>/hierarchies/",
        hierarchies_of,
        of=sources_visible_to,
        operation="list_hierarchies",
        gives=HierarchyOut,
        summary="List the hierarchies of a version",
        about="The hierarchies that officers set for the columns of a source version.",
    ),
    act_view(
        "preparations/<uuid:pk>/hierarchies/set/",
        set_hierarchy,
        scope=Scope.TRADE,
        takes=HierarchyIn,
        gives=HierarchyOut,
        summary="Set the hierarchy of a column",
        about="Set what the values of a column become, for the policies to come.",
    ),
    act_view(
        "preparations/<uuid:pk>/hierarchies/clear/",
        clear_hierarchy,
        scope=Scope.TRADE,
        takes=serializer_of(
            clear_hierarchy, name="ColumnIn", about="A column of a version, by its name."
        ),
        gives=PreparedVersionOut,
        summary="Forget the hierarchy of a column",
        about="Let the hierarchy of a column be made from its values again.",
    ),
    path(
        "preparations/<uuid:pk>/hierarchies/inherit/",
        api.InheritHierarchies.as_view(),
        name="api_inherit_hierarchies",
    ),
]
