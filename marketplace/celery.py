"""The Celery application: long engine runs, one call to an act a task."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")

application = Celery("marketplace")
application.config_from_object("django.conf:settings", namespace="CELERY")
application.autodiscover_tasks()
