"""Findings about a page as a whole: the impression it leaves, whatever each claim says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from claimcheck.evidence import EvidenceBase, Lexicon
from claimcheck.records import Article, Claim, Finding
from claimcheck.rules import Rule, claim_facts, meets
from claimcheck.rules.rule import Facts
from claimcheck.terms import ClaimKind, Direction, Grade, Place

Spots = Sequence[Sequence[int]]
Met = Mapping[str, Mapping[str, Spots]]
_HASHTAG = re.compile(r"(?<![\w#&/])#([^\W\d_]\w*)")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_BENEFITS = frozenset({ClaimKind.DISEASE, ClaimKind.FUNCTION, ClaimKind.MECHANISM})
# Harms that end in hospital; the lexicon marks as serious only the diseases that need approved treatment.
_SERIOUS = frozenset(
    "death hospitalisation organ-damage liver-damage kidney-damage lung-damage respiratory-depression addiction "
    "carcinogenicity seizures psychosis".split()
)


class Judged(NamedTuple):
    """A page after its claims were judged.

    Attributes:
        article: The page.
        claims: Its claims.
        met: For each page rule, by role, where its patterns are met.
        tagged: The same for the hashtags of the page.
    """

    article: Article
    claims: Sequence[Claim]
    met: Met
    tagged: Met


def page_findings(rules: Sequence[Rule], judged: Judged, base: EvidenceBase) -> tuple[Finding, ...]:
    """What the rules say of the page as a whole, in the order of the rules.

    Args:
        rules: Page rules; each gives one finding at most.
        judged: The page.
        base: What is known of harms.
    """
    facts = [facts_of(claim, base.lexicon) for claim in judged.claims] if rules else []
    found = (_finding(rule, judged, facts, base) for rule in rules)
    return tuple(finding for finding in found if finding)


def facts_of(claim: Claim, lexicon: Lexicon) -> Facts:
    """The facts of a claim, with all that its subject and effect are cases of."""
    return claim_facts(claim, lexicon.wider_subjects(claim.subject), lexicon.wider_effects(claim.effect))


def _finding(rule: Rule, judged: Judged, facts: Sequence[Facts], base: EvidenceBase) -> Finding | None:
    page, met = rule.page, judged.met.get(rule.id, {})
    if page.lacks and met.get("lacks"):
        return None
    if page.buys and not met.get("buys") and not _of_product(judged.article):
        return None
    points: list[tuple[int, int]] = []
    if rule.match:
        points = list(_spots(rule, judged))
        if not points:
            return None
    if page.claims:
        meeting = [c for c, f in zip(judged.claims, facts, strict=True) if meets(page.claims, f)]
        if rule.lifted:
            by_id = {claim.id: f for claim, f in zip(judged.claims, facts, strict=True)}
            meeting = [c for c in meeting if not any(meets({k: v}, by_id[c.id]) for k, v in rule.lifted.items())]
        if not meeting:
            return None
        points += [(claim.start, claim.end) for claim in meeting]
    if page.harms:
        silent = list(_harmful(judged.claims, base))
        if not silent:
            return None
        points += [(claim.start, claim.end) for claim in silent]
    return rule.finding(*points[0]) if points else rule.finding()


def _of_product(article: Article) -> bool:
    return any(block.place is Place.PRODUCT for block in article.blocks)


def _spots(rule: Rule, judged: Judged) -> Iterator[tuple[int, int]]:
    """Where the rule's words are met, in the places it asks for."""
    places = rule.page.places
    for start, end in judged.met.get(rule.id, {}).get("match", ()):
        if not places or not places_of(judged.article, start).isdisjoint(places):
            yield start, end
    if "hashtag" in places:
        for start, end in judged.tagged.get(rule.id, {}).get("match", ()):
            yield start, end


def places_of(article: Article, offset: int) -> frozenset[str]:
    """Where on the page an offset stands; the line that gave the article its title is a title too."""
    number = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    if number < 0:
        return frozenset({Place.BODY})
    block = article.blocks[number]
    titled = article.title and article.text[block.start : block.end] == article.title
    return frozenset({block.place, Place.TITLE} if titled else {block.place})


def _harmful(claims: Sequence[Claim], base: EvidenceBase) -> Iterator[Claim]:
    """Claims of benefit for subjects with a known serious harm, where the page tells no harm of them."""
    told = {claim.subject for claim in claims if claim.kind is ClaimKind.HARM}
    for claim in claims:
        if claim.kind in _BENEFITS and claim.subject not in told and _has_serious_harm(claim.subject, base):
            yield claim


def _has_serious_harm(subject: str, base: EvidenceBase) -> bool:
    """Whether the subject itself is known to do such harm; what its whole class may do accuses no member."""
    effects = base.lexicon.effects
    return any(
        entry.direction is Direction.HARM
        and entry.grade is Grade.A
        and (entry.effect in _SERIOUS or effects[entry.effect].serious)
        for entry in base.of_subject(subject)
    )


def hashtags(text: str) -> Iterator[tuple[int, int, str]]:
    """The hashtags of a text: start, end, and the words that it runs together."""
    for match in _HASHTAG.finditer(text):
        yield match.start(), match.end(), " ".join(_PARTS.findall(match.group(1)))
