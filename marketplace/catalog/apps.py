from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Datasets, versions, columns, collection, annotation, content review."""

    name = "marketplace.catalog"
    verbose_name = _("Catalog")

    def ready(self) -> None:
        """Register the system check."""
        from marketplace.catalog import checks  # noqa: F401, PLC0415
