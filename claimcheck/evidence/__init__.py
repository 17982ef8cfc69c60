"""What is known: the lexicon of subjects and effects, and the entries between them."""

from claimcheck.evidence.base import Answer, EvidenceBase
from claimcheck.evidence.lexicon import Effect, Lexicon, Subject

__all__ = ["Answer", "Effect", "EvidenceBase", "Lexicon", "Subject"]
