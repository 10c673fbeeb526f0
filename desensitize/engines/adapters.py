"""Load an engine that needs an extra, only when it is asked for."""

from importlib import import_module
from types import ModuleType

from desensitize.errors import DesensitizeError, nearest

ADAPTERS = {"dask": ("desensitize.engines.dask_cluster", "distributed")}


def load_adapter(name: str) -> ModuleType:
    """Return the module that runs policies on another engine.

    Raises:
        DesensitizeError: `unknown-engine`, or `extra-missing` when its package is not installed.
    """
    if name not in ADAPTERS:
        raise DesensitizeError("unknown-engine", name=name, nearest=nearest(name, ADAPTERS))
    module, package = ADAPTERS[name]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        raise DesensitizeError("extra-missing", engine=name, package=package) from error
