from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipelineConfig(AppConfig):
    """What follows from what: reads sealed entries, starts the next act."""

    name = "marketplace.pipeline"
    verbose_name = _("Pipeline")

    def ready(self) -> None:
        """Register the system check, and what state is computed again."""
        from marketplace.pipeline import checks, followed, recomputed  # noqa: F401, PLC0415
