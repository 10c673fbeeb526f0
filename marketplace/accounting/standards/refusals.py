"""How a rule refuses."""

from collections.abc import Mapping


class RuleRefused(Exception):
    """A rule forbids what was asked, or a figure is missing or wrong.

    `code` is stable, in kebab case; `sentence` tells a person what to do; `figures` are those that
    stand in spite of it, such as the cost that may be booked instead.
    """

    def __init__(
        self, code: str, sentence: str, *, figures: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.figures = dict(figures or {})
