"""The data trading centre."""

import gc

from marketplace.celery import application as celery

__all__ = ["celery"]

# Nothing of what is loaded from here on is garbage; to look whether it is takes a fifth of that.
gc.set_threshold(50_000)
