"""Claims found in folded text, told in the words and offsets of the original."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.articles.folding import Disguise, Folded
from claimcheck.records import DISGUISED, Claim, Cue


def unfolded(claim: Claim, folded: Folded, text: str) -> Claim:
    """A claim of the folded text as a claim of the original, which says what was disguised in its sentence."""
    start, end = folded.back(claim.start, claim.end)
    sentence = folded.back(*claim.sentence)
    disguises = folded.within(*sentence)
    cues = [Cue(DISGUISED, text[found.start : found.end], found.start, found.end) for found in disguises]
    return replace(
        claim,
        quote=text[start:end],
        start=start,
        end=end,
        sentence=sentence,
        cues=tuple(sorted([*(_cue(cue, folded, text) for cue in claim.cues), *cues], key=lambda c: (c.start, c.end))),
        reasons=_told(claim.reasons, disguises, text),
    )


def _cue(cue: Cue, folded: Folded, text: str) -> Cue:
    start, end = folded.back(cue.start, cue.end)
    return Cue(cue.category, text[start:end], start, end)


def _told(reasons: tuple[str, ...], disguises: tuple[Disguise, ...], text: str) -> tuple[str, ...]:
    """The reasons, the last of which every report shows, with what was disguised."""
    words = dict.fromkeys((text[found.start : found.end], found.read_as) for found in disguises)
    if not words:
        return reasons
    told = "Written in disguise: " + ", ".join(f"“{word}” is “{read}”" for word, read in words) + "."
    return (*reasons[:-1], " ".join((*reasons[-1:], told)))
