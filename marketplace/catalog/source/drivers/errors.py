"""Why a database source could not be read."""


class SourceError(Exception):
    """A source that cannot be reached or read.

    `code` is one of `source_wording.SENTENCES`. `parameters` hold no password, no cell and nothing
    that the server said.
    """

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters: dict[str, str | int] = parameters
