"""The words of the house: every closed vocabulary, one line and one source each.

The labels themselves (verdict, strength, grade, kind, flags) are defined in
``data/README.md``; the regulators' words come from the sources named here.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """The judgement on one claim: does the evidence carry the words?"""

    SUPPORTED = "supported"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"

    @property
    def rank(self) -> int:
        """0 for supported, 1 for overstated, 2 for unsupported (worst)."""
        return list(Verdict).index(self)


class Grade(StrEnum):
    """What is known, in people, about one substance and one effect."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def meaning(self) -> str:
        """The grade in a few words, for reports."""
        return {
            "A": "established",
            "B": "limited or mixed evidence",
            "C": "not shown in people",
            "D": "contradicted",
        }[self.value]


class Strength(StrEnum):
    """How much a claim commits itself to."""

    HEDGED = "hedged"
    PLAIN = "plain"
    STRONG = "strong"


class ClaimKind(StrEnum):
    """What sort of claim it is, in the regulators' terms.

    ``disease`` and ``function`` follow the disease claim and the
    structure/function claim of 21 CFR 101.93(f)-(g); ``endorsement`` follows
    the establishment claim and expert endorsement of the FTC's Health Products
    Compliance Guidance (2022) and 16 CFR 255.
    """

    DISEASE = "disease"
    FUNCTION = "function"
    MECHANISM = "mechanism"
    SAFETY = "safety"
    HARM = "harm"
    ENDORSEMENT = "endorsement"


class Flag(StrEnum):
    """What may stand beside any kind of claim."""

    COMPARATIVE = "comparative"
    TESTIMONIAL = "testimonial"
    ABSOLUTE = "absolute"
    HEDGED = "hedged"
    NEGATED = "negated"
    QUOTED = "quoted"


class Direction(StrEnum):
    """Which way an evidence entry points."""

    BENEFIT = "benefit"
    HARM = "harm"
    SAFETY = "safety"
    MECHANISM = "mechanism"


class EffectKind(StrEnum):
    """What sort of thing an effect in the lexicon is."""

    DISEASE = "disease"
    SYMPTOM = "symptom"
    FUNCTION = "function"
    MEASURE = "measure"
    MECHANISM = "mechanism"
    HARM = "harm"
    ENDORSEMENT = "endorsement"


class Reach(StrEnum):
    """The relation between substance and effect that wording promises or evidence carries.

    Ordered from the weakest to the strongest promise of benefit; ``causes`` and
    ``acts-on`` stand apart. ``maintains`` is the reach of the authorised function
    claims of Regulation (EU) 432/2012 ("contributes to the normal function of").
    """

    MAINTAINS = "maintains"
    IMPROVES = "improves"
    RELIEVES = "relieves"
    REDUCES_RISK = "reduces-risk"
    TREATS = "treats"
    CAUSES = "causes"
    ACTS_ON = "acts-on"


class Severity(StrEnum):
    """How bad a finding is, as in a linter."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Jurisdiction(StrEnum):
    """Where a rule holds."""

    US = "us"
    EU = "eu"
    UK = "uk"
    AU = "au"
    CA = "ca"


class Platform(StrEnum):
    """Whose policy a rule is, where it is no law."""

    AMAZON = "amazon"
    GOOGLE_ADS = "google-ads"
    META = "meta"
    TIKTOK_SHOP = "tiktok-shop"


class Scope(StrEnum):
    """What a rule's finding is about."""

    CLAIM = "claim"
    PAGE = "page"


class BlockKind(StrEnum):
    """What a stretch of an article is; a sentence never crosses one."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"


class Place(StrEnum):
    """Where on a page a stretch of text stood."""

    BODY = "body"
    TITLE = "title"
    DESCRIPTION = "description"
    ALT = "alt"
    CAPTION = "caption"
    BUTTON = "button"
    DETAILS = "details"
    DATA = "data"
    PRODUCT = "product"
    URL = "url"


class Stance(StrEnum):
    """What a page does with the claims on it."""

    SELLS = "sells"
    INFORMS = "informs"
    REPORTS = "reports"
    DEBUNKS = "debunks"
