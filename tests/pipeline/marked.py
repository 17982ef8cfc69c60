"""Sentences with the answer in them: ``[relieves pain](disease plain negated)``.

A mark that is not closed, or that names nothing the judge knows, is an error, so that no example
can pass by saying nothing.
"""

import re

from claimcheck.terms import ClaimKind, Flag, Grade, Strength, Verdict

_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
_WORDS = {*ClaimKind, *Flag, *Strength, *Verdict, *Grade}


def parse(marked):
    """The bare text, and for each mark its start, end and words."""
    text, marks, place = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[place : match.start()]
        words = set(match[2].split())
        unknown = {w for w in words if w not in _WORDS and not w.startswith(("subject:", "effect:", "!"))}
        if unknown:
            raise ValueError(f"unknown words {unknown} in {marked!r}")
        marks.append((len(text), len(text) + len(match[1]), words))
        text += match[1]
        place = match.end()
    text += marked[place:]
    if not marks or "[" in text or "](" in text:
        raise ValueError(f"no marks, or one that is not closed: {marked!r}")
    return text, marks


def check(nlp, marked):
    """Judge the text and assert that a claim over each mark bears its words."""
    text, marks = parse(marked)
    claims = nlp(text)._.claims
    for start, end, words in marks:
        over = [c for c in claims if c.start < end and start < c.end]
        assert over, f"no claim over {text[start:end]!r}; found {[c.quote for c in claims]}"
        claim = max(over, key=lambda c: min(c.end, end) - max(c.start, start))
        have = {claim.kind, claim.strength, claim.verdict, claim.grade, *claim.flags}
        have |= {f"subject:{claim.subject}", f"effect:{claim.effect}"}
        wanted = {word for word in words if not word.startswith("!")}
        banned = {word[1:] for word in words if word.startswith("!")}
        assert wanted <= have, f"{claim.quote!r}: wanted {wanted - have}, have {have}"
        assert not banned & have, f"{claim.quote!r}: must not be {banned & have}"
