"""Which rows a dataset's persons have had taken out, and its source without them.

The codes are all that is kept of whose rows they are. Where somebody is taken out later than a
version was made, that version's own run still says which rows it read: attackers are given its
source as the run had it.
"""

from collections.abc import Collection
from pathlib import Path
from uuid import uuid4

from desensitize.persons import code_of, write_without
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.policy.services import key_ring
from marketplace.preparation.run.models import Run
from marketplace.vault.services import decrypt_into


def exclusions_of(dataset: Dataset) -> list[str]:
    """Return the codes of the rows that every version from now on leaves out, sorted."""
    codes = Exclusion.objects.filter(dataset=dataset).values_list("code", flat=True)
    return sorted(set(codes))


def person_key(dataset: Dataset) -> bytes:
    """Return the key of the codes by which persons are found in a dataset that has its key."""
    return key_ring(dataset, release=dataset.pk).key(column="", purpose="persons")


def codes_of(dataset: Dataset, identifiers: Collection[str]) -> list[str]:
    """Return the codes of what identifies a person, for a dataset that has its key."""
    key = person_key(dataset)
    return sorted({code_of(identifier, key) for identifier in identifiers})


def opened_source(version: DatasetVersion, folder: Path, codes: Collection[str]) -> Path:
    """Decrypt a source version into a work folder, without the rows that have one of the codes.

    Raises:
        WrongState: the file was removed, or is missing or damaged.
        DamagedFile: a chunk in its middle is damaged.
    """
    if not codes:
        return decrypt_into(version.file, folder)
    # The same source may be open with other rows beside this one.
    apart = folder / uuid4().hex
    apart.mkdir(mode=0o700)
    whole, kept = decrypt_into(version.file, apart), apart / "kept.parquet"
    write_without(whole, kept, codes, person_key(version.dataset))
    whole.unlink()
    return kept


def exclusions_of_release(version: DatasetVersion) -> list[str]:
    """Return the codes of the rows that the run left out which made a masked version."""
    made = Run.objects.filter(result_version=version).values_list("exclusions", flat=True).first()
    return list(made or ())
