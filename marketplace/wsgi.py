"""The WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from marketplace.core.patience import Kind, bound_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

application = get_wsgi_application()
bound_connections(Kind.WEB)

# What is loaded now stays until the process ends. The collector would look through all of it again
# and again while somebody waits, so load the pages too and let it leave everything out. An answer
# makes some ten thousand objects that go by themselves: that is no reason to collect either.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(50_000)
