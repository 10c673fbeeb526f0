from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("TrainedModelState")
class ModelState(TextChoices):
    STANDING = "standing", _("Can be used")
    SUSPENDED = "suspended", _("Suspended")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


MODEL: StateMachine[ModelState] = StateMachine(
    "model",
    ModelState,
    {
        ModelState.STANDING: {
            ModelState.SUSPENDED,
            ModelState.REPLACED,
            ModelState.WITHDRAWN,
        },
        ModelState.SUSPENDED: {
            ModelState.STANDING,
            ModelState.REPLACED,
            ModelState.WITHDRAWN,
        },
    },
)

OUT_OF_USE = (ModelState.REPLACED.value, ModelState.WITHDRAWN.value)
"""The states in which a model is not used any more, for good."""
