"""The things that travel between the rooms, all frozen.

Offsets are characters in ``Article.text``, half-open, from 0; lines and columns
are for people only and counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from claimcheck.terms import (
    BlockKind,
    ClaimKind,
    Direction,
    Flag,
    Grade,
    Jurisdiction,
    Place,
    Platform,
    Reach,
    Severity,
    Strength,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article that no sentence crosses.

    ``node`` is an XPath of the element of the page that holds it, empty where the source is no page.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    place: Place = Place.BODY
    node: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One document before it is read by the pipeline.

    Attributes:
        source: Path, address or ``-`` for standard input.
        text: The text that every offset points into.
        blocks: In order, not overlapping; may be empty for an empty text.
        title: From the document itself, else empty.
        language: ISO 639-1 code, ``en`` for what is judged.
        notes: What was not read, and why, one sentence each.
        remarks: What its comments say to claimcheck (``<!-- claimcheck: ignore ... -->``).
        page: The source as it is written, where the text is not it: the markup that the blocks' nodes lead into.
    """

    source: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str = ""
    language: str = "en"
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    page: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read, so that the report can say so."""

    source: str
    problem: str


DISGUISED = "disguised"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided something: ``category`` names what."""

    category: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One row of the evidence base: what is known of one subject and one effect.

    Attributes:
        id: Stable key.
        subject: Subject id of the lexicon.
        effect: Effect id of the lexicon.
        direction: Which way the relation goes.
        grade: A to D, as ``data/README.md`` defines them.
        holds_for: Population, dose or condition of use.
        carries: The strongest relation the entry allows one to state.
        wording: The strongest wording that may be used, empty where none may.
        authority: Who says so.
        reference: Where a person can find it.
        jurisdictions: Where the authority's word counts; free text as in the source.
        as_of: Year or date the source was current.
        status: ``verified`` (seen in a source while writing) or ``recalled``.
        note: What a reader should also know.
    """

    id: str
    subject: str
    effect: str
    direction: Direction
    grade: Grade
    holds_for: str = ""
    carries: Reach | None = None
    wording: str = ""
    authority: str = ""
    reference: str = ""
    jurisdictions: str = ""
    as_of: str = ""
    status: str = "recalled"
    note: str = ""

    @property
    def source(self) -> str:
        """Authority and reference in one line, the authority once."""
        named = self.reference.lower().startswith(self.authority.lower())
        return self.reference if named else f"{self.authority}: {self.reference}"


@dataclass(frozen=True, slots=True)
class EvidenceMatch:
    """An entry a claim rests on, with the way it was found.

    ``via`` says how: ``direct``, ``effect:<id>`` (a wider or narrower effect
    answered), ``subject:<id>`` (a class or a constituent answered), ``inverted`` (a
    harm entry answered a safety claim or the reverse).
    """

    entry: EvidenceEntry
    via: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule met at one claim, or by a page as a whole.

    ``start`` and ``end`` are where a page-level finding points to, None where it is about
    the whole page (something is missing) or hangs on a claim. ``suppressed`` says why it does
    not count, by whom and until when; empty where it counts.
    """

    rule: str
    severity: Severity
    message: str
    cite: str
    jurisdictions: tuple[Jurisdiction, ...] = ()
    better: str = ""
    start: int | None = None
    end: int | None = None
    platforms: tuple[Platform, ...] = ()
    suppressed: str = ""

    @property
    def markets(self) -> tuple[str, ...]:
        """Where the rule holds, countries before platforms."""
        return (*self.jurisdictions, *self.platforms)


@dataclass(frozen=True, slots=True)
class Claim:
    """A span that asserts an effect on health, judged.

    ``probabilities`` are over the three verdicts and sum to 1; ``confidence`` is the
    one of the verdict given. ``grade`` is None where nothing on file answers; the
    verdict then rests on wording and kind. ``subject_name`` and ``effect_name`` are for
    people, ``subject`` and ``effect`` are lexicon ids, empty where none was found.
    ``reasons`` are sentences, in the order in which they decided. ``suppressed`` says why it does not count
    for the exit code, empty where it counts. ``needs_review`` marks a verdict that the pipeline is not sure
    enough of to stand without a person.
    """

    id: str
    fingerprint: str
    quote: str
    start: int
    end: int
    sentence: tuple[int, int]
    kind: ClaimKind
    flags: tuple[Flag, ...]
    subject: str
    effect: str
    strength: Strength
    grade: Grade | None
    verdict: Verdict
    confidence: float
    probabilities: Mapping[str, float]
    subject_name: str = ""
    effect_name: str = ""
    subject_via: str = ""
    evidence: tuple[EvidenceMatch, ...] = ()
    findings: tuple[Finding, ...] = ()
    cues: tuple[Cue, ...] = ()
    reasons: tuple[str, ...] = ()
    suggestion: str = ""
    place: Place = Place.BODY
    suppressed: str = ""
    needs_review: bool = False

    @property
    def disguised(self) -> bool:
        """Whether words of its sentence were written so that a machine would not read them; the cues say which."""
        return any(cue.category == DISGUISED for cue in self.cues)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in field order, safe for JSON and msgpack."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Claim:
        """The inverse of :meth:`to_dict`."""
        known = dict(data)
        known["kind"] = ClaimKind(known["kind"])
        known["strength"] = Strength(known["strength"])
        known["place"] = Place(known["place"])
        known["grade"] = Grade(known["grade"]) if known["grade"] else None
        known["verdict"] = Verdict(known["verdict"])
        known["sentence"] = tuple(known["sentence"])
        known["flags"] = tuple(Flag(flag) for flag in known["flags"])
        known["cues"] = tuple(Cue(**cue) for cue in known["cues"])
        known["reasons"] = tuple(known["reasons"])
        known["findings"] = tuple(_finding(item) for item in known["findings"])
        known["evidence"] = tuple(
            EvidenceMatch(entry_from_dict(item["entry"]), item["via"]) for item in known["evidence"]
        )
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Document:
    """One article with the claims found in it, in text order, and the findings about the page as a whole."""

    article: Article
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: what judged, what was judged, what could not be read, and what else a reader must know."""

    tool: Mapping[str, str]
    documents: tuple[Document, ...]
    unread: tuple[Unread, ...] = field(default=())
    notes: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Claims by verdict, over all documents."""
        found = dict.fromkeys(map(str, Verdict), 0)
        for document in self.documents:
            for claim in document.claims:
                found[claim.verdict] += 1
        return found


def entry_from_dict(data: Mapping[str, Any]) -> EvidenceEntry:
    """An entry from plain data as :func:`dataclasses.asdict` or a CSV row gives it."""
    known = {item.name: data[item.name] for item in fields(EvidenceEntry) if item.name in data}
    known["direction"] = Direction(known["direction"])
    known["grade"] = Grade(known["grade"])
    known["carries"] = Reach(known["carries"]) if known.get("carries") else None
    return EvidenceEntry(**known)


def _finding(data: Mapping[str, Any]) -> Finding:
    known = dict(data)
    known["severity"] = Severity(known["severity"])
    known["jurisdictions"] = tuple(Jurisdiction(code) for code in known["jurisdictions"])
    known["platforms"] = tuple(Platform(name) for name in known["platforms"])
    return Finding(**known)


def _plain(value: Any) -> Any:
    """Records, enums and tuples as dicts, strings and lists."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return value
