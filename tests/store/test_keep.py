from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select

from claimcheck.articles.html import read_html
from claimcheck.pipeline.run import documents, tool
from claimcheck.records import Claim
from claimcheck.store.keep import article_columns, article_of, keep_judge, keep_judgement, snapshot_hash
from claimcheck.store.tables import ClaimText, FindingRow, Judge, Occurrence, Page, Site, Snapshot

PAGE = "<title>Shop</title><h1>Garlic cures cancer</h1><p>Garlic cures cancer. Vitamin C supports immunity.</p>"


def keep(session, article, url, document, judge_id):
    site = session.scalars(select(Site)).first() or Site(name="shop.example")
    session.add(site)
    session.flush()
    page = Page(site_id=site.id, url=url, host="shop.example")
    session.add(page)
    session.flush()
    snapshot = Snapshot(page_id=page.id, fetched=datetime.now(UTC), links=[], **article_columns(article))
    session.add(snapshot)
    session.flush()
    return keep_judgement(session, snapshot.id, judge_id, document)


def test_an_article_and_its_judgement_come_back_as_they_were(store, nlp):
    article = read_html(PAGE, "https://shop.example/a")
    [document] = documents([article], nlp)
    assert document.claims
    with store.writing() as session:
        judge = keep_judge(session, tool(nlp))
        keep(session, article, article.source, document, judge.id)
    with store.reading() as session:
        snapshot = session.scalars(select(Snapshot)).one()
        # The markup is not copy; a page keeps it apart, where that is asked for.
        assert article_of(snapshot) == replace(article, page="")
        assert snapshot.fetched.tzinfo is UTC
        rows = session.scalars(select(Occurrence).order_by(Occurrence.start)).all()
        assert tuple(Claim.from_dict(row.data) for row in rows) == document.claims
        rules = sorted(finding.rule for claim in document.claims for finding in claim.findings)
        assert sorted(session.scalars(select(FindingRow.rule))) == rules


def test_a_claim_on_many_pages_is_one_claim_with_its_places(store, nlp):
    article = read_html(PAGE, "https://shop.example/a")
    [document] = documents([article], nlp)
    with store.writing() as session:
        judge = keep_judge(session, tool(nlp))
        for letter in "abc":
            keep(session, article, f"https://shop.example/{letter}", document, judge.id)
    with store.reading() as session:
        fingerprints = {claim.fingerprint for claim in document.claims}
        assert set(session.scalars(select(ClaimText.fingerprint))) == fingerprints
        assert session.scalar(select(func.count(Occurrence.id))) == 3 * len(document.claims)


def test_a_judge_is_kept_once_for_each_version(store, nlp):
    with store.writing() as session:
        first = keep_judge(session, tool(nlp)).id
        assert keep_judge(session, tool(nlp)).id == first
        assert keep_judge(session, {**tool(nlp), "evidence": "newer"}).id != first
    with store.reading() as session:
        assert {judge.evidence for judge in session.scalars(select(Judge))} == {tool(nlp)["evidence"], "newer"}


def test_the_hash_tells_apart_what_is_judged_differently():
    article = read_html(PAGE, "https://shop.example/a")
    assert snapshot_hash(article) == snapshot_hash(read_html(PAGE, "https://shop.example/b"))
    assert snapshot_hash(article) != snapshot_hash(read_html(PAGE.replace("h1", "p"), "https://shop.example/a"))
    assert snapshot_hash(article) != snapshot_hash(read_html(PAGE.replace("cures", "eases"), "https://shop.example/a"))
