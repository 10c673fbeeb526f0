"""The chain of title of a dataset, replayed from what the ledger tells and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from marketplace.ledger.selectors import ToldFact, facts_about

ISSUED = "rights.certificate_issued"
FROZEN = "rights.certificate_frozen"
UNFROZEN = "rights.certificate_unfrozen"
ENDED = (
    "rights.certificate_cancelled",
    "rights.certificate_expired",
    "rights.certificate_superseded",
)


@dataclass(frozen=True)
class Title:
    """Rights that an organization holds over data, by which certificate and until when."""

    certificate_id: UUID
    organization_id: UUID
    rights: tuple[str, ...]
    valid_until: date
    is_frozen: bool = False


def replay(facts: Iterable[ToldFact]) -> list[Title]:
    """Return the titles that are left after the facts, in the order in which they were given."""
    held: dict[str, Title] = {}
    for fact in facts:
        if fact.kind == ISSUED:
            held[fact.subject] = _title(fact)
        elif fact.kind in (FROZEN, UNFROZEN) and fact.subject in held:
            held[fact.subject] = replace(held[fact.subject], is_frozen=fact.kind == FROZEN)
        elif fact.kind in ENDED:
            held.pop(fact.subject, None)
    return list(held.values())


def present_titles(dataset_id: UUID) -> list[Title]:
    """Return who holds which rights over a dataset, frozen ones too, by the ledger alone."""
    return replay(facts_about(f"dataset:{dataset_id}", kinds=(ISSUED, FROZEN, UNFROZEN, *ENDED)))


def _title(fact: ToldFact) -> Title:
    # The first organization that an entry concerns is the claimant; see `claim.timelines`.
    holder = next(each for each in fact.about if each.startswith("organization:"))
    rights, until = fact.payload["rights"], fact.payload["valid_until"]
    return Title(
        certificate_id=UUID(fact.subject.partition(":")[2]),
        organization_id=UUID(holder.partition(":")[2]),
        rights=tuple(rights),
        valid_until=date.fromisoformat(until),
    )
