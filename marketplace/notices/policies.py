"""Who may send notices."""

from marketplace.core import Actor


def may_notify(by: Actor) -> bool:
    """Only the centre's own software writes notices: what people say goes elsewhere."""
    return by.is_system
