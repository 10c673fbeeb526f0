"""The story's second dataset: daily weather of Seattle, without anything personal."""

from pathlib import Path

from marketplace.demo.story.public_data import public_bytes


def write_weather(target: Path) -> Path:
    """Write the observations (NOAA, 2012 to 2015) to `target` as CSV, byte for byte."""
    target.write_bytes(public_bytes("seattle-weather"))
    return target
