"""The acts on a source version that is prepared."""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, Rule, allowed
from marketplace.preparation.column.rules import check_decides_now, check_inherit_hierarchies
from marketplace.preparation.masking.rules import check_start_masking
from marketplace.preparation.profile.rules import check_start_profile
from marketplace.preparation.raw_data.rules import check_destroy_raw_data
from marketplace.preparation.study.rules import check_start_comparison, check_start_tradeoff
from marketplace.preparation.version.rules import check_open_look

ACTS_ON_SOURCE_VERSION: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {
        "start_profile": check_start_profile,
        "confirm_policy": check_decides_now,
        "set_hierarchy": check_decides_now,
        "inherit_hierarchies": check_inherit_hierarchies,
        "start_masking": check_start_masking,
        "start_tradeoff": check_start_tradeoff,
        "start_comparison": check_start_comparison,
        "open_look": check_open_look,
        "destroy_raw_data": check_destroy_raw_data,
    }
)


def acts_on_source_version(version: DatasetVersion, by: Actor, *names: str) -> Allowed:
    """Return which acts on a source version are open to the actor: all of them, or those named."""
    rules = {name: ACTS_ON_SOURCE_VERSION[name] for name in names or ACTS_ON_SOURCE_VERSION}
    return allowed(rules, version, by)
