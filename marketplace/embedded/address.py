"""The address that the demo of a data folder goes by: certificates, QR codes and passkeys name it.

Passkeys are bound to a name, and a number such as 127.0.0.1 is none, so that it is `localhost`.
"""

from pathlib import Path

FIRST = "localhost:8000"


def address_of(var: Path) -> str:
    """Return host and port that the demo in a data folder was made for, or would be."""
    file = _file(var)
    return file.read_text(encoding="utf-8").strip() if file.exists() else FIRST


def keep_address(var: Path, address: str) -> None:
    """Remember the address before anything is made that names it."""
    var.mkdir(parents=True, exist_ok=True)
    draft = _file(var).with_suffix(".new")
    draft.write_text(f"{address}\n", encoding="utf-8")
    draft.replace(_file(var))


def port_of(address: str) -> int:
    """Return the port of an address; 8000 where it has none, as behind a proxy."""
    port = address.rpartition(":")[2]
    return int(port) if port.isdecimal() else int(FIRST.rpartition(":")[2])


def _file(var: Path) -> Path:
    return var / "demo-address"
