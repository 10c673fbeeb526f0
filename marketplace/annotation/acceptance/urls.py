from django.utils.translation import gettext as _

from marketplace.annotation.acceptance import views
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.selectors import batches_seen_by_owner
from marketplace.annotation.batch.serializers import ItemBatchOut
from marketplace.core import Scope
from marketplace.web.act_pages import asking_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    asking_page(
        "batches-of-items/<uuid:pk>/inspect/",
        inspect_batch,
        views.inspection_page,
        of=batches_seen_by_owner,
        form=views.inspection_form,
        done=lambda batch: (
            _("The batch was inspected: %(outcome)s.") % {"outcome": batch.get_state_display()}
        ),
        onto="labelling_detail",
        at="annotator.project_id",
        name="batch_inspect",
    ),
]
api_patterns = [
    act_view(
        "batches-of-items/<uuid:pk>/inspect/",
        inspect_batch,
        scope=Scope.TRADE,
        takes=serializer_of(
            inspect_batch,
            about="The places of the wrong labels in the sample; none where all are right.",
        ),
        gives=ItemBatchOut,
        summary="Inspect a batch of items",
        about="Say which labels of a batch's sample are wrong; the plan then decides on all of it.",
    ),
]
