"""An audit in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claimcheck.audit.findings import Findings, why
from claimcheck.terms import Verdict


def lines(found: Findings, top: int = 5) -> Iterator[str]:
    """What was covered, what was found, the worst pages and claims, and what is missing."""
    info = found.audit
    yield f"audit {info.id} of {info.site}: {'whole' if info.finished else 'not finished'}"
    for note in info.notes:
        yield f"  {note}"
    more = "".join(f", {number} {what}" for what, number in found.elsewhere.items())
    yield f"  {_some(found.judged, 'page')} judged, {found.unchanged} of them unchanged{more}"
    reasons = Counter(str(page.state) for page in found.missing)
    if reasons:
        yield "  not covered: " + ", ".join(f"{number} {what}" for what, number in sorted(reasons.items()))
    counted = ", ".join(f"{found.verdicts[verdict]} {verdict}" for verdict in reversed(Verdict))
    yield f"  {_some(len(found.claims), 'claim')} at {_some(sum(found.verdicts.values()), 'place')}: {counted}"
    if top:
        yield from _worst(found, top)


def _worst(found: Findings, top: int) -> Iterator[str]:
    pages = [line for line in found.pages if any(line.badness[:2])][:top]
    if pages:
        yield "worst pages"
    for line in pages:
        unsupported, overstated, _ = line.badness
        yield f"  {unsupported} unsupported, {overstated} overstated  {line.url}"
    claims = [line for line in found.claims if line.badness[0]][:top]
    if claims:
        yield "worst claims"
    for claim in claims:
        yield f"  {claim.worst.verdict}, {_some(claim.badness[1], 'place')}: {claim.worst.sentence.strip()}"
    missing = found.missing[:top]
    if missing:
        yield "not covered"
    for page in missing:
        yield f"  {page.url}  {why(page)}"
    if len(found.missing) > top:
        yield f"  and {len(found.missing) - top} more"


def _some(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
