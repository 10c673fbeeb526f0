"""Who may do what with datasets."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.catalog.models import Dataset
from marketplace.core.actor import Actor


def may_register(by: Actor) -> bool:
    """Officers register data of their own organization."""
    return by.has(Role.OFFICER)


def may_edit(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization describe, upload, annotate, grade, submit and retire."""
    return by.has(Role.OFFICER) and by.acts_for(dataset.organization_id)


def may_cancel(by: Actor, dataset: Dataset) -> bool:
    """Officers cancel their organization's drawings; the administrator any that is in the way."""
    return by.has(Role.ADMINISTRATOR) or may_edit(by, dataset)


def may_work(by: Actor) -> bool:
    """Only the centre's software takes drawings and reports on them."""
    return by.is_system


def may_keep(by: Actor, dataset: Dataset) -> bool:
    """Officers bring data; the centre's software brings what they had it draw."""
    return by.is_system or may_edit(by, dataset)


def may_destroy_raw(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization destroy raw data early; the centre's clock does on its day."""
    return by.is_system or may_edit(by, dataset)


def may_mask(by: Actor, dataset: Dataset) -> bool:
    """The centre's software adds what a masking run made; nobody else brings masked data."""
    return by.is_system
