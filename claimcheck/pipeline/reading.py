"""What the components tell each other about a Doc while they read it.

A :class:`Reading` stands in ``doc.user_data`` from the ``terms`` component to the judge,
which takes it away again; only plain claims stay in the Doc.
Places are counted in units (see :mod:`claimcheck.phrases`) over the whole Doc.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.terms import BlockKind, ClaimKind, Reach

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

    from claimcheck.evidence import Answer

KEY = "claimcheck.reading"
BLOCKS = "claimcheck.blocks"
CLAIMS = "claimcheck.claims"


class Term(NamedTuple):
    """A phrase of the lexicon in the text.

    ``label`` is the id of a subject or effect, a relation or a cue category; ``kind`` is the type
    of the subject or the kind of the effect; ``asserts`` marks an effect whose words assert it.
    """

    start: int
    end: int
    label: str
    kind: str = ""
    asserts: bool = False


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    start: int
    end: int
    kind: ClaimKind
    effect: str = ""
    reach: Reach | None = None
    target: Term | None = None
    asserts: bool = False
    negated: bool = False
    flags: set[str] = field(default_factory=set)
    subject: str = ""
    subject_via: str = ""
    answer: Answer | None = None
    rules: list[str] = field(default_factory=list)
    strength: np.ndarray | None = None
    grade: np.ndarray | None = None


@dataclass(slots=True)
class Sentence:
    """One sentence: tokens ``first:last``, units ``start:end``."""

    first: int
    last: int
    start: int
    end: int
    block: BlockKind
    opens: bool = True
    question: bool = False
    subjects: list[Term] = field(default_factory=list)
    effects: list[Term] = field(default_factory=list)
    relations: list[Term] = field(default_factory=list)
    cues: dict[str, list[Term]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    hits: list[Term] = field(default_factory=list)
    denied: bool = False
    claim: float = 0.0


@dataclass(slots=True)
class Reading:
    """A Doc as units, and its sentences.

    ``at`` is the token of each unit, ``offsets`` where each token starts in the text (and the end).
    """

    units: list[str]
    at: list[int]
    acronyms: list[str]
    offsets: list[int]
    sentences: list[Sentence]
    subject: str = ""
    sells: float = 0.0
    informs: float = 0.0


def reading(doc: Doc) -> Reading:
    """The reading of a Doc.

    Raises:
        ValueError: the ``claimcheck_terms`` component did not run before.
    """
    found = doc.user_data.get(KEY)
    if found is None:
        raise ValueError("no reading in this Doc: put claimcheck_terms before this component.")
    return found  # type: ignore[no-any-return]
