"""Profile and classify the columns of a source version."""

from pathlib import Path

from desensitize.detectors import classify_table
from desensitize.profile import key_pair, profile_table
from desensitize.risk import confirm
from marketplace.core import Actor
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.profile.services import finish_profile
from marketplace.preparation.run.models import Run, Step
from marketplace.vault.services import decrypt_into

OPENED, PROFILED, CLASSIFIED = 0.05, 0.8, 0.9


def profile_version(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Find what each column of a run's version is, and keep it."""
    source = decrypt_into(run.version.file, folder)
    heartbeat.report(OPENED, Step.PROFILE)
    profiles = profile_table(
        source,
        progress=lambda share, _column: heartbeat.report(
            OPENED + (PROFILED - OPENED) * share, Step.PROFILE
        ),
    )
    heartbeat.report(PROFILED, Step.CLASSIFY)
    proposals = confirm(source, classify_table(source, profiles))
    key = key_pair(source, profiles)
    heartbeat.report(CLASSIFIED, Step.KEEP)
    finish_profile(
        run.pk, attempt=run.attempt, profiles=profiles, proposals=proposals, key=key, by=by
    )
