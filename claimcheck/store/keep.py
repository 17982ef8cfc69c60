"""Articles and judgements into the store and out of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from claimcheck.records import Article, Block, Claim, Document, Finding
from claimcheck.store.tables import Base, ClaimText, FindingRow, Judge, Judgement, Occurrence, Snapshot
from claimcheck.terms import BlockKind, Place

_HASH_LENGTH = 32


def keep_judge(session: Session, tool: Mapping[str, str]) -> Judge:
    """The judge with these versions, kept once.

    Args:
        session: A writing one.
        tool: As :func:`claimcheck.pipeline.run.tool` gives it.
    """
    key = _hash(sorted(tool.items()))
    names = {"pipeline": tool["pipeline"], "version": tool["version"]}
    hashes = {name: tool.get(name, "") for name in ("evidence", "rules")}
    insert_new(session, Judge, [{"key": key, "tool": dict(tool), **names, **hashes}])
    return session.scalars(select(Judge).where(Judge.key == key)).one()


def snapshot_hash(article: Article) -> str:
    """What tells two snapshots of a page apart: all that judging reads, and the title."""
    return _hash([article.text, _blocks(article), article.title, article.language])


def article_columns(article: Article) -> dict[str, Any]:
    """The columns of a snapshot that hold its article."""
    return {
        "hash": snapshot_hash(article),
        "title": article.title,
        "language": article.language,
        "text": article.text,
        "blocks": _blocks(article),
        "notes": list(article.notes),
    }


def article_of(snapshot: Snapshot) -> Article:
    """The article a snapshot holds; its source is the page's address."""
    blocks = tuple(
        Block(start, end, BlockKind(kind), Place(place), node) for start, end, kind, place, node in snapshot.blocks
    )
    return Article(snapshot.page.url, snapshot.text, blocks, snapshot.title, snapshot.language, tuple(snapshot.notes))


def keep_judgement(session: Session, snapshot_id: int, judge_id: int, document: Document) -> Judgement:
    """Keep how a judge judged a snapshot: claims, their places and findings.

    Args:
        session: A writing one.
        snapshot_id: What was judged.
        judge_id: Who judged.
        document: The judgement.
    """
    claims = _claim_ids(session, document)
    judgement = Judgement(snapshot_id=snapshot_id, judge_id=judge_id)
    session.add(judgement)
    session.flush()
    rows = [(claim, _occurrence(judgement.id, claims[claim.fingerprint], claim)) for claim in document.claims]
    session.add_all(row for _, row in rows)
    session.flush()
    session.add_all(
        _finding(judgement.id, finding, occurrence.id) for claim, occurrence in rows for finding in claim.findings
    )
    session.add_all(_finding(judgement.id, finding, None) for finding in document.findings)
    return judgement


def insert_new(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows that are not there yet, as told by the table's unique columns, whoever else writes meanwhile."""
    new = [dict(row) for row in rows]
    if new:
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.execute(dialect.insert(table).on_conflict_do_nothing(), new)


def _claim_ids(session: Session, document: Document) -> dict[str, int]:
    # Sorted, so that two writers lock them in the same order.
    found = {claim.fingerprint: claim for claim in sorted(document.claims, key=lambda claim: claim.fingerprint)}
    text = document.article.text
    insert_new(
        session,
        ClaimText,
        (
            {"fingerprint": key, "quote": claim.quote, "sentence": text[claim.sentence[0] : claim.sentence[1]]}
            for key, claim in found.items()
        ),
    )
    rows = session.scalars(select(ClaimText).where(ClaimText.fingerprint.in_(list(found))))
    return {row.fingerprint: row.id for row in rows}


def _occurrence(judgement_id: int, claim_id: int, claim: Claim) -> Occurrence:
    return Occurrence(
        judgement_id=judgement_id,
        claim_id=claim_id,
        start=claim.start,
        end=claim.end,
        kind=str(claim.kind),
        subject=claim.subject,
        effect=claim.effect,
        strength=str(claim.strength),
        verdict=str(claim.verdict),
        confidence=claim.confidence,
        data=claim.to_dict(),
    )


def _finding(judgement_id: int, finding: Finding, occurrence_id: int | None) -> FindingRow:
    return FindingRow(
        judgement_id=judgement_id,
        occurrence_id=occurrence_id,
        rule=finding.rule,
        severity=str(finding.severity),
        message=finding.message,
        cite=finding.cite,
        jurisdictions=[str(code) for code in finding.jurisdictions],
        start=finding.start,
        end=finding.end,
    )


def _blocks(article: Article) -> list[list[Any]]:
    return [[block.start, block.end, str(block.kind), str(block.place), block.node] for block in article.blocks]


def _hash(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
