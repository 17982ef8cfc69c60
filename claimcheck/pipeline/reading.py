"""What the components tell each other about a Doc while they read it.

A :class:`Reading` stands in ``doc.user_data`` from the ``terms`` component to the judge,
which takes it away again; only plain claims stay in the Doc.
Places are counted in units (see :mod:`claimcheck.phrases`) over the whole Doc.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.terms import BlockKind, ClaimKind, Grade, Reach
from claimcheck.verdict import denial_grade

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

    from claimcheck.evidence import Answer

KEY = "claimcheck.reading"
BLOCKS = "claimcheck.blocks"
CLAIMS = "claimcheck.claims"
PAGE = "claimcheck.page"


class Bag(NamedTuple):
    """Features of one sentence or draft, as named strings; see :mod:`claimcheck.pipeline.features`."""

    text: list[str]
    cues: list[str]


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
    """A claim in the making; ``beyond`` marks one for other people or a lower dose than its entry holds for."""

    start: int
    end: int
    kind: ClaimKind
    effect: str = ""
    reach: Reach | None = None
    target: Term | None = None
    asserts: bool = False
    negations: int = 0
    denied: bool = False
    flags: set[str] = field(default_factory=set)
    subject: str = ""
    subject_via: str = ""
    answer: Answer | None = None
    beyond: bool = False
    rules: list[str] = field(default_factory=list)
    bag: Bag = field(default_factory=lambda: Bag([], []))
    strength: np.ndarray | None = None
    grade: np.ndarray | None = None

    @property
    def known_grade(self) -> Grade | None:
        """The grade on file of what it asserts, None where nothing answers."""
        if self.answer is None:
            return None
        return denial_grade(self.answer.grade) if self.negated else self.answer.grade

    @property
    def negated(self) -> bool:
        """Whether it denies its relation.

        In a safety claim one negation is the claim itself ("no side effects"), where its words do not speak
        of safety already; a myth marker denies whatever it stands with but an endorsement.
        """
        if self.kind is ClaimKind.SAFETY and not (self.target and self.target.kind == "safety"):
            negated = self.negations > 0 and self.negations % 2 == 0
        else:
            negated = self.negations % 2 == 1
        return negated != (self.denied and self.kind is not ClaimKind.ENDORSEMENT)


@dataclass(slots=True)
class Sentence:
    """One sentence: tokens ``first:last``, units ``start:end``.

    ``effects`` are the longest phrases, ``nested`` all of them, also those within longer ones; ``hits`` are
    the rules that the models see, ``met`` those that they do not.
    """

    first: int
    last: int
    start: int
    end: int
    block: BlockKind
    opens: bool = True
    question: bool = False
    subjects: list[Term] = field(default_factory=list)
    effects: list[Term] = field(default_factory=list)
    nested: list[Term] = field(default_factory=list)
    relations: list[Term] = field(default_factory=list)
    cues: dict[str, list[Term]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    hits: list[Term] = field(default_factory=list)
    met: list[Term] = field(default_factory=list)
    denied: bool = False
    claim: float = 0.0


@dataclass(slots=True)
class Reading:
    """A Doc as units, and its sentences.

    ``at`` is the token of each unit, ``words`` are the tokens, ``offsets`` where each starts in the text
    (and the end of the text).
    """

    units: list[str]
    at: list[int]
    acronyms: list[str]
    words: list[str]
    offsets: list[int]
    sentences: list[Sentence]
    salience: dict[str, float] = field(default_factory=dict)
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
