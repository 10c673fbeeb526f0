"""Compare the people of two sources by all their rows, where their sketches leave it open."""

from pathlib import Path

from django.db.models import Q

from desensitize.attacks.apart import Compared, People, compare_people
from desensitize.attacks.people import Sketch, shared_people
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.release.models import PeopleComparison, PeopleSketch
from marketplace.preparation.release.people import (
    comparisons_of,
    earlier_releases,
    where_people_stand,
)
from marketplace.preparation.release.services import keep_comparison, people_key
from marketplace.preparation.run.models import Run
from marketplace.vault.services import decrypt_into


def compare_what_is_open(run: Run, source: DatasetVersion, folder: Path, *, by: Actor) -> None:
    """Compare a source by all rows with those whose sketches cannot tell whether they share people.

    Of a table that is much larger a sketch holds so few rows that none of a small one may be among
    them. Who is known again by a sketch is in both, and is not looked for.
    """
    for other in _left_open(source):
        stood = where_people_stand(source), where_people_stand(other)
        mine, theirs = (one.version for one in stood)
        if mine == theirs or mine.raw_destroyed_at or theirs.raw_destroyed_at:
            continue
        found = _compared(mine, theirs, folder)
        if found.is_common or found.are_apart:
            keep_comparison(
                source.pk, other_id=other.pk, run_id=run.pk, stood=stood, found=found, by=by
            )


def _left_open(source: DatasetVersion) -> list[DatasetVersion]:
    """Return the sources of what is out that may share people, and of which no sketch knows one."""
    mine = PeopleSketch.objects.filter(version=source).first()
    if mine is None:
        return []
    parents = {one.parent_id: one.parent for one in earlier_releases(source)}
    known = {source.pk}
    for pair in comparisons_of(source.pk).values_list("version_id", "other_id"):
        known |= set(pair)
    sketch = Sketch.from_bytes(bytes(mine.content))
    others = PeopleSketch.objects.filter(version__in=set(parents) - known)
    return [
        parent
        for one in others.iterator(chunk_size=10)
        if (parent := parents[one.version_id]) is not None
        and not shared_people(sketch, Sketch.from_bytes(bytes(one.content))).share
    ]


def _compared(mine: DatasetVersion, theirs: DatasetVersion, folder: Path) -> Compared:
    """Open both whole, with rows of persons who left since: they are in what is out.

    The same bytes are compared once.
    """
    before = PeopleComparison.objects.filter(
        Q(sha256=mine.sha256, other_sha256=theirs.sha256)
        | Q(sha256=theirs.sha256, other_sha256=mine.sha256)
    ).first()
    if before is not None:
        return Compared(is_common=not before.are_apart, kinds=tuple(before.kinds))
    apart = folder / "compared"
    apart.mkdir(mode=0o700)
    one, other = (_people(version, apart) for version in (mine, theirs))
    try:
        return compare_people(one, other, key=people_key(mine.dataset.organization_id))
    finally:
        for people in (one, other):
            people.path.unlink()
        apart.rmdir()


def _people(version: DatasetVersion, folder: Path) -> People:
    """Open a source, and say by what detectors and its officer tell its people apart."""
    kinds = findings_of(version).filter(role=ColumnRole.DIRECT).exclude(kind="")
    named = PeopleSketch.objects.filter(version=version).values_list("person", flat=True).first()
    path = decrypt_into(version.file, folder)
    return People(path, dict(kinds.values_list("name", "kind")), named or None)
