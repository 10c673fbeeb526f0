"""What the subject of an entry is called, and where it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.appraisal.ceilings.selectors import ceilings_visible_to
from marketplace.appraisal.selectors import appraisals_visible_to
from marketplace.catalog.selectors import datasets_visible_to, drawings_visible_to
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.preparation.selectors import policies_visible_to, runs_visible_to
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.trading.listings.listing.selectors import listings_visible_to

PIPELINE = Actor.system(Door.REACTION)
"""Who reacts."""


@dataclass(frozen=True)
class Named:
    """How a kind of thing is named, the page that shows it, and the one on which it is decided."""

    title: Callable[[UUID], str]
    page: str
    review_page: str = ""


def _dataset(pk: UUID) -> str:
    return visible(datasets_visible_to(PIPELINE), pk=pk).title


def _appraisal(pk: UUID) -> str:
    return visible(appraisals_visible_to(PIPELINE), pk=pk).dataset.title


def _ceiling(pk: UUID) -> str:
    return visible(ceilings_visible_to(PIPELINE), pk=pk).dataset.title


def _run(pk: UUID) -> str:
    return visible(runs_visible_to(PIPELINE), pk=pk).version.dataset.title


def _policy(pk: UUID) -> str:
    return visible(policies_visible_to(PIPELINE), pk=pk).version.dataset.title


def _drawing(pk: UUID) -> str:
    return visible(drawings_visible_to(PIPELINE), pk=pk).source.dataset.title


def _claim(pk: UUID) -> str:
    return visible(claims_visible_to(PIPELINE), pk=pk).dataset.title


def _certificate(pk: UUID) -> str:
    return visible(certificates_visible_to(PIPELINE), pk=pk).dataset.title


def _listing(pk: UUID) -> str:
    return visible(listings_visible_to(PIPELINE), pk=pk).title


NAMED: dict[str, Named] = {
    "dataset": Named(_dataset, "dataset_detail", "dataset_review"),
    "appraisal": Named(_appraisal, "appraisal_detail", "appraisal_review"),
    "ceiling": Named(_ceiling, "ceiling_detail", "ceiling_review"),
    "certificate": Named(_certificate, "certificate_detail"),
    "claim": Named(_claim, "claim_detail", "claim_review"),
    "drawing": Named(_drawing, "drawing_detail"),
    "listing": Named(_listing, "listing_detail", "listing_review"),
    "policy": Named(_policy, "roles_review", "roles_review"),
    "run": Named(_run, "run_detail"),
}


def id_of(subject: str) -> UUID:
    """Return the id of a subject, which is written `kind:id`."""
    return UUID(subject.partition(":")[2])


def title_of(subject: str) -> str:
    """Return what a thing is called.

    Raises:
        NotFound: there is no such thing, or the pipeline does not know its kind.
    """
    return _named(subject).title(id_of(subject))


def page_of(subject: str) -> str:
    """Return the address of the page that shows a thing."""
    return reverse(_named(subject).page, args=[id_of(subject)])


def review_page_of(subject: str) -> str:
    """Return the address of the page that decides on a thing."""
    return reverse(_named(subject).review_page, args=[id_of(subject)])


def _named(subject: str) -> Named:
    kind = subject.partition(":")[0]
    if kind not in NAMED:
        raise NotFound(_("Nothing here is of the kind “%(kind)s”.") % {"kind": kind})
    return NAMED[kind]
