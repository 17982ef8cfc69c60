"""Golden files: what a renderer gave when it was last looked at; ``pytest --update-golden`` writes them anew."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


def check(name: str, text: str, update: bool) -> None:
    path = FOLDER / name
    if update:
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode(), f"{path} differs; look at it, then run pytest --update-golden"
