"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

from marketplace.core.patience import Kind, bound_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

application = get_asgi_application()
bound_connections(Kind.WEB)
