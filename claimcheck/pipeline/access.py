"""How a program reads the claims of a Doc: ``doc._.claims``, ``span._.claim``.

The data stand in the Doc as plain dicts by claim id; the records are made on reading.
(Data on ``span._`` would be shared by all claims on the same words, and objects would not
survive ``to_bytes``, ``DocBin`` and ``n_process``.)
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from claimcheck.pipeline.reading import CLAIMS
from claimcheck.records import Claim


def claims(doc: Doc) -> tuple[Claim, ...]:
    """All claims of a Doc in text order."""
    return tuple(Claim.from_dict(data) for data in doc.user_data.get(CLAIMS, {}).values())


def claim(span: Span) -> Claim | None:
    """The claim of a span of ``doc.spans["claims"]``, else None."""
    data = span.doc.user_data.get(CLAIMS, {}).get(span.id_)
    return Claim.from_dict(data) if data else None


def declare() -> None:
    """Declare both extensions, once."""
    if not Doc.has_extension("claims"):
        Doc.set_extension("claims", getter=claims)
    if not Span.has_extension("claim"):
        Span.set_extension("claim", getter=claim)
