"""What happened to a thing, with the names that somebody may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.ledger.selectors import TimelineEntry, entries_about


@dataclass(frozen=True)
class TimelineRow:
    """One line of a timeline: the entry, and who acted, by name."""

    entry: TimelineEntry
    person: str
    organization: str

    @property
    def label(self) -> str:
        return self.entry.label

    @property
    def leaf_index(self) -> int | None:
        """Return the entry's place in the tree, None until it is sealed."""
        return self.entry.leaf_index


def timeline_of(subject: str, *, by: Actor) -> list[TimelineRow]:
    """Return what happened to a subject, oldest first, with names, in three queries.

    The caller has checked that the actor may see the subject. Names of people are told to their own
    organization and to whoever reviews, watches or runs the centre; others read its name.
    """
    return named(entries_about(subject), by=by)


def named(entries: Sequence[TimelineEntry], *, by: Actor) -> list[TimelineRow]:
    """Add the names that the actor may read to entries, in two queries."""
    people = names_of(entry.person_id for entry in entries)
    organizations = dict(
        Organization.objects.filter(
            pk__in={entry.organization_id for entry in entries if entry.organization_id}
        ).values_list("pk", "name")
    )
    staff = is_centre_staff(by)
    rows = []
    for entry in entries:
        tells_person = staff or by.acts_for(entry.organization_id)
        rows.append(
            TimelineRow(
                entry=entry,
                person=people.get(entry.person_id, "") if entry.person_id and tells_person else "",
                organization=organizations.get(entry.organization_id, "")
                if entry.organization_id
                else "",
            )
        )
    return rows
