"""What the reports say in the same words, whatever their format."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimcheck.records import Claim
from claimcheck.terms import Verdict

PROMISING = ("hedge", "strong", "absolute")
ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:)])")
_SPACE = re.compile(r"\s+")
# Control characters and the marks that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Copy fit for a line: white space as single spaces, and no control character is left."""
    return _CONTROL.sub("\ufffd", _SPACE.sub(" ", text))


def counted(number: int, thing: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def tally(counts: Mapping[str, int]) -> str:
    """A run in one line, from the counts of :func:`claimcheck.report.as_json.summary`."""
    verdicts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in reversed(Verdict))
    unread = f"; {counts['unread']} not read" if counts["unread"] else ""
    return f"{counted(counts['documents'], 'document')}, {counted(counts['claims'], 'claim')}: {verdicts}{unread}"


def known(claim: Claim) -> str:
    """The first axis of a verdict: what is known."""
    about = " and ".join(filter(None, (claim.subject_name, claim.effect_name))) or "this"
    if claim.grade is None:
        return f"nothing on file about {about}"
    return f"{about}: {claim.grade}, {claim.grade.meaning}"


def promised(claim: Claim) -> str:
    """The second axis of a verdict: how much the words promise, with the cues that say so."""
    cues = dict.fromkeys(f"“{one_line(cue.text)}”" for cue in claim.cues if cue.category in PROMISING)
    return f"{claim.strength} wording" + (f" ({', '.join(cues)})" if cues else "")
