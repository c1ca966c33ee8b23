"""Words of the wire that are lists rather than code, from names.txt."""

from functools import cache
from importlib.resources import files


@cache
def names(section: str) -> tuple[str, ...]:
    """The words of [section], in the order of the file."""
    text = files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple("\n".join(lines).split(f"[{section}]")[1].split("[")[0].split())
