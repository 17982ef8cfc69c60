"""claimcheck finds health claims in marketing copy and judges each by the evidence.

>>> import claimcheck
>>> nlp = claimcheck.load()
>>> report = claimcheck.scan([claimcheck.Article("-", "Garlic cures cancer.")], nlp)
>>> [claim.verdict.value for claim in report.documents[0].claims]
['unsupported']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.errors import (
    ArticleError,
    ClaimcheckError,
    DataError,
    PipelineError,
    UsageError,
)
from claimcheck.records import (
    Article,
    Block,
    Claim,
    Cue,
    Document,
    EvidenceEntry,
    EvidenceMatch,
    Finding,
    Report,
    Unread,
)
from claimcheck.terms import (
    BlockKind,
    ClaimKind,
    Direction,
    EffectKind,
    Flag,
    Grade,
    Jurisdiction,
    Reach,
    Severity,
    Stance,
    Strength,
    Verdict,
)

if TYPE_CHECKING:
    from claimcheck.pipeline.run import load, scan

__version__ = "0.1.0"
__all__ = [
    "Article",
    "ArticleError",
    "Block",
    "BlockKind",
    "Claim",
    "ClaimKind",
    "ClaimcheckError",
    "Cue",
    "DataError",
    "Direction",
    "Document",
    "EffectKind",
    "EvidenceEntry",
    "EvidenceMatch",
    "Finding",
    "Flag",
    "Grade",
    "Jurisdiction",
    "PipelineError",
    "Reach",
    "Report",
    "Severity",
    "Stance",
    "Strength",
    "Unread",
    "UsageError",
    "Verdict",
    "load",
    "scan",
]


def __getattr__(name: str) -> Any:
    # spaCy takes half a second to import; whoever only wants the records does not pay for it.
    if name in ("load", "scan"):
        from claimcheck.pipeline import run

        return getattr(run, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
