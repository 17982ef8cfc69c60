"""Labelled pages as JSON files, one a page, for measuring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from claimcheck.corpus.pages import NONE, GoldClaim, GoldSentence, Page
from claimcheck.corpus.rows import read_json
from claimcheck.errors import DataError
from claimcheck.records import Block
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict


def load_page_files(folder: Path, blocks: Callable[[str], tuple[Block, ...]]) -> list[Page]:
    """Load every ``*.json`` of a folder.

    Args:
        folder: Files of ``{"id", "genre", "topic", "text", "sentences": [{"start", "end", "label", "kind",
            "strength", "grade", "subject", "effect", "unsure"}]}``; offsets into the text, and what is not known of
            a sentence is null.
        blocks: Finds the blocks of a text.

    Returns:
        Pages in the order of the file names. A sentence that is not ``none`` is one claim, as long as itself.

    Raises:
        DataError: there is no file, or one is not of this form.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise DataError(folder, 0, "holds no JSON file. Name a folder of labelled pages.")
    return [_page(path, blocks) for path in paths]


def _page(path: Path, blocks: Callable[[str], tuple[Block, ...]]) -> Page:
    data = read_json(path)
    try:
        sentences = tuple(_sentence(item, len(data["text"])) for item in data["sentences"])
        return Page(
            data["id"], data.get("genre", ""), data.get("topic", ""), data.get("stance", ""),
            data["text"], blocks(data["text"]), sentences,
        )  # fmt: skip
    except KeyError as error:
        raise DataError(path, 0, f"lacks {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise DataError(path, 0, f"is no labelled page ({error}).") from error


def _sentence(data: Mapping[str, Any], length: int) -> GoldSentence:
    start, end, label, unsure = data["start"], data["end"], data["label"], bool(data.get("unsure"))
    if not 0 <= start < end <= length:
        raise ValueError(f"{start}-{end} is no span of a text of {length} characters")
    if label == NONE:
        return GoldSentence(start, end, NONE, unsure, ())
    claim = GoldClaim(
        start, end, ClaimKind(data["kind"]), (), Strength(data["strength"]), Grade(data["grade"]),
        data.get("subject") or "", data.get("effect") or "", "", Verdict(label), unsure,
    )  # fmt: skip
    return GoldSentence(start, end, str(claim.verdict), unsure, (claim,))
