from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.catalog.new_version.services import receive_upload, take_up_version
from marketplace.catalog.version.serializers import (
    ExplainedVersionOut,
    UploadDataIn,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

urlpatterns = [
    act_page(
        "versions/<uuid:pk>/take-up/",
        take_up_version,
        done=_("These columns are the newest data now. Explain them, and submit the dataset."),
        onto="dataset_detail",
        at="dataset_id",
        name="version_take_up",
    ),
]

api_patterns = [
    act_view(
        "datasets/<uuid:pk>/receive-upload/",
        receive_upload,
        scope=Scope.TRADE,
        takes=UploadDataIn,
        gives=ExplainedVersionOut,
        keeps_answer=False,
        parser_classes=(MultiPartParser,),
        summary="Upload the data of a dataset",
        about=(
            "Send a table as XLSX, CSV or Parquet; the same bytes again answer the version they "
            "are."
        ),
    ),
    act_view(
        "versions/<uuid:pk>/take-up/",
        take_up_version,
        scope=Scope.TRADE,
        gives=ExplainedVersionOut,
        summary="Take up other columns as a change",
        about="""Take what a feed brought with other columns as the newest data of its dataset.

    The dataset is open for changes then, and its content is reviewed anew.
    """,
    ),
]
