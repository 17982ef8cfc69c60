"""spaCy without its command line.

``import spacy`` brings in the whole of ``spacy.cli`` (typer, weasel, requests and more) for the sake of
one function, ``spacy.info``: a third of a cold start. While spaCy is imported, a stand-in takes the place of
that package; afterwards it is gone, and ``spacy.info`` and ``spacy.cli`` work as ever.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_NAMES = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """Import spaCy, lightly where it is not imported yet."""
    if "spacy" in sys.modules:
        import spacy

        return spacy
    stand_ins = {name: ModuleType(name) for name in _NAMES}
    stand_ins["spacy.cli"].__path__ = []
    stand_ins["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        import spacy
    finally:
        for name in _NAMES:
            sys.modules.pop(name, None)
    spacy.__dict__.pop("cli", None)
    return spacy


def _info(*args: Any, **kwargs: Any) -> Any:
    from spacy.cli.info import info

    return info(*args, **kwargs)
