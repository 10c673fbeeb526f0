from marketplace.preparation.preparation.rules import acts_on_source_version
from marketplace.preparation.version.serializers import PreparedVersionOut
from marketplace.web.serializers import ActsField


class PreparationOut(PreparedVersionOut):
    """A source version with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_source_version)
