"""Read the compact protocol of Thrift, in which a Parquet file describes itself."""

from collections.abc import Iterator

TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
"""Types of the protocol; those between are numbers of variable length."""


class Fields:
    """Read a struct of Thrift's compact protocol."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    @property
    def read(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def since(self, start: int) -> bytes:
        """Return what was read after so many bytes."""
        return self._content[start : self._at]

    def each(self) -> Iterator[tuple[int, int]]:
        """Hand out number and type of each field; the caller reads or skips it."""
        number = 0
        while byte := self._byte():
            number = number + (byte >> 4) if byte >> 4 else self.whole()
            yield number, byte & 15

    def structs(self) -> Iterator[None]:
        """Go through a list of structs; the caller reads each."""
        byte = self._byte()
        for _each in range(byte >> 4 if byte >> 4 < 15 else self._length()):
            yield

    def whole(self) -> int:
        """Read a number (zigzag)."""
        number = self._length()
        return (number >> 1) ^ -(number & 1)

    @staticmethod
    def is_whole(kind: int) -> bool:
        """Return whether a field of this type is a number of variable length."""
        return BYTE < kind < DOUBLE

    def skip(self, kind: int) -> None:
        """Read over a field."""
        if kind in (TRUE, FALSE):
            return
        if kind == BYTE:
            self._at += 1
        elif kind == DOUBLE:
            self._at += 8
        elif kind == BINARY:
            # Where the text begins is known only when its length was read.
            length = self._length()
            self._at += length
        elif kind in (LIST, SET):
            self._skip_list()
        elif kind == STRUCT:
            for _number, inner in self.each():
                self.skip(inner)
        else:
            self._length()

    def _skip_list(self) -> None:
        byte = self._byte()
        size = byte >> 4 if byte >> 4 < 15 else self._length()
        for _each in range(size):
            # Within a list a truth value takes a byte.
            self.skip(BYTE if byte & 15 in (TRUE, FALSE) else byte & 15)

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _length(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
