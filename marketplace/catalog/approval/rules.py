from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.states import DATASET, EDITABLE, DatasetState
from marketplace.catalog.feed.form import awaits_approval
from marketplace.catalog.version.selectors import columns_of, latest_reviewed_version
from marketplace.core import Actor, Invalid, NotAllowed
from marketplace.review.models import CaseKind
from marketplace.review.rules import check_decide_on


def check_submit_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to submit a dataset for content review.

    What is approved is submitted again where nobody approved what its feed may bring by itself.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
        Invalid: data, labels or grade are missing; the code says which.
    """
    check_owner(dataset, by)
    if not awaits_approval(dataset):
        DATASET.check(dataset, DatasetState.IN_REVIEW)
    faults = submission_faults(dataset)
    if faults:
        code, sentence = faults[0]
        raise Invalid(sentence, code=code, fields={"": [fault for _code, fault in faults]})


def submission_faults(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what is missing before a dataset can be submitted: code and sentence, in order."""
    if dataset.state not in EDITABLE and not awaits_approval(dataset):
        return []
    faults = []
    version = latest_reviewed_version(dataset)
    if version is None:
        faults.append(("version-missing", _("Upload the data first.")))
    elif version.raw_destroyed_at is not None:
        faults.append(
            ("version-missing", _("The raw data was destroyed. Upload the data again first."))
        )
    else:
        unlabelled = columns_of(version).filter(label="").count()
        if unlabelled:
            faults.append(
                (
                    "columns-unlabelled",
                    _("Give each column a label: %(count)d have none yet.") % {"count": unlabelled},
                )
            )
    if not dataset.grade:
        faults.append(("grade-missing", _("Grade the data by the harm that misuse could do.")))
    return faults


def check_decide_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to approve or to return a dataset.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not under review.
    """
    check_decide_on(CaseKind.CONTENT, f"dataset:{dataset.pk}", by)


def check_look_at_review(dataset: Dataset, by: Actor) -> None:
    """Refuse to show what decides on a dataset.

    Raises:
        NotAllowed: the actor is not of the centre's staff.
    """
    if not is_centre_staff(by):
        raise NotAllowed(_("The review page is for the centre's reviewers."))
