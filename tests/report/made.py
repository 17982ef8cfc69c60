"""Reports made by hand, so that the renderers are tested without the pipeline."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.articles.text import text_blocks
from claimcheck.records import Article, Claim, Cue, Document, EvidenceEntry, EvidenceMatch, Finding, Report
from claimcheck.terms import (
    ClaimKind,
    Direction,
    Grade,
    Jurisdiction,
    Severity,
    Strength,
    Verdict,
)

TEXT = "All about garlic\n\nGarlic really cures cancer and is good for everybody."
TOOL = {"name": "claimcheck", "version": "0", "pipeline": "made"}


def claim(quote: str = "cures cancer", text: str = TEXT, **other: object) -> Claim:
    start = text.index(quote)
    end = start + len(quote)
    first = quote.split(maxsplit=1)[0]
    entry = EvidenceEntry(
        "garlic/cancer/benefit",
        "garlic",
        "cancer",
        Direction.BENEFIT,
        Grade.C,
        authority="NCI",
        reference="Garlic and Cancer Prevention, https://www.cancer.gov/" + "very-long-path/" * 8,
        note="small & mixed <studies>",
    )
    finding = Finding(
        "FDA101",
        Severity.ERROR,
        "Says that the product treats or cures a disease, which makes it an unapproved drug.",
        "21 USC 321(g)(1)(B)",
        (Jurisdiction.US, Jurisdiction.EU),
    )
    made = Claim(
        id=f"id{start}",
        fingerprint="f",
        quote=quote,
        start=start,
        end=end,
        sentence=(text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0, len(text)),
        kind=ClaimKind.DISEASE,
        flags=(),
        subject="garlic",
        effect="cancer",
        strength=Strength.STRONG,
        grade=Grade.C,
        verdict=Verdict.UNSUPPORTED,
        confidence=0.98,
        probabilities={"supported": 0.0, "overstated": 0.02, "unsupported": 0.98},
        subject_name="garlic",
        effect_name="cancer",
        subject_via="named",
        evidence=(EvidenceMatch(entry, "direct"),),
        findings=(finding,),
        cues=(Cue("strong", first, start, start + len(first)),),
        reasons=("A disease claim.", "Grade C.", "A serious disease is said to be treated."),
        suggestion="Leave the claim out.",
    )
    return replace(made, **other)


def article(text: str = TEXT, source: str = "a.txt") -> Article:
    return Article(source, text, text_blocks(text))


def report(of: Article | None = None, *claims: Claim, **other: object) -> Report:
    of = of or article()
    made = Report(TOOL, (Document(of, claims or (claim(text=of.text),)),))
    return replace(made, **other)
