"""The Celery application: long engine runs, one call to an act a task."""

import os

from celery import Celery
from celery.signals import worker_init

from marketplace.vault.places import clear_abandoned, work_root

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

application = Celery("marketplace")
application.config_from_object("django.conf:settings", namespace="CELERY")
application.autodiscover_tasks()


@worker_init.connect
def clear_what_a_crash_left(**_details: object) -> None:
    """Remove the plaintext of a run that ended without its end, before the next one begins."""
    clear_abandoned(work_root())
