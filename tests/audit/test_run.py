"""Audits of folders and archives, in this process, on both databases."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from lxml import html
from sqlalchemy import func, select

from claimcheck.audit import keeper, offline
from claimcheck.audit.diff import compare
from claimcheck.audit.findings import add_up
from claimcheck.audit.options import Options
from claimcheck.audit.rejudge import rejudge
from claimcheck.audit.render import write
from claimcheck.audit.run import run as audit_run
from claimcheck.errors import UsageError
from claimcheck.store.results import pages
from claimcheck.store.tables import Judgement, Visit
from tests.sites.shop import COPY, page


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "vendor"
    folder.mkdir()
    (folder / "a.html").write_bytes(page("A", COPY[0], COPY[1]))
    (folder / "b.html").write_bytes(page("B", COPY[0], COPY[5]))
    (folder / "c.txt").write_text("Nothing of the kind.", encoding="utf-8")
    return folder


@pytest.fixture
def walk(store, nlp, folder):
    def walk(source=folder, **options):
        return audit_run(str(source), store, Options(**options), nlp, lambda _: None)

    return walk


def visited(store, audit_id):
    with store.reading() as session:
        return {p.url.rsplit("/", 1)[-1]: (str(p.state), p.problem) for p in pages(session, audit_id)}


def changes(found):
    return {(change.what, change.here.url.rsplit("/", 1)[-1], change.here.quote) for change in found.changes}


def test_a_folder_is_judged_and_the_same_claim_is_one_line_with_its_places(walk, store, folder):
    done = walk()
    assert visited(store, done.audit_id) == {"a.html": ("done", ""), "b.html": ("done", ""), "c.txt": ("done", "")}
    found = add_up(store)
    first = found.claims[0]
    assert first.worst.quote == "cures cancer"
    assert sorted(first.urls) == [f"{folder.as_posix()}/a.html", f"{folder.as_posix()}/b.html"]
    assert found.kinds["disease"]["unsupported"] == 2
    assert found.subjects["garlic"]["unsupported"] == 2


def test_what_did_not_change_is_not_judged_again(walk, store, folder, nlp, monkeypatch):
    walk()
    (folder / "b.html").write_bytes(page("B", COPY[4]))
    judged = []
    documents = keeper.documents
    monkeypatch.setattr(keeper, "documents", lambda articles, nlp: documents(judged.extend(articles) or articles, nlp))
    done = walk()
    assert [article.title for article in judged] == ["B"]
    assert visited(store, done.audit_id)["a.html"] == ("unchanged", "")


def test_new_gone_moved_stronger_and_softer_are_told_apart(walk, store, folder):
    (folder / "d.html").write_bytes(page("D", "Turmeric may ease joint pain."))
    (folder / "e.html").write_bytes(page("E", "Melatonin cures jet lag for good."))
    walk()
    (folder / "d.html").write_bytes(page("D", "Turmeric eliminates joint pain."))
    (folder / "e.html").write_bytes(page("E", "Melatonin may help with jet lag."))
    (folder / "b.html").write_bytes(page("B", COPY[0], "Echinacea prevents colds."))
    (folder / "a.html").write_bytes(page("A", COPY[0]))
    (folder / "c.txt").write_text(f"Nothing of the kind.\n\n{COPY[1]}", encoding="utf-8")
    walk()
    found = compare(store, ())
    seen = {(what, name) for what, name, _ in changes(found)}
    assert ("stronger", "d.html") in seen
    assert ("softer", "e.html") in seen
    assert ("moved", "c.txt") in seen
    assert ("new", "b.html") in seen
    assert ("gone", "b.html") in seen
    assert found.worst_new() >= 1
    assert compare(store, (1, 1)).changes == []


def test_a_page_that_cannot_be_read_this_time_is_unseen_and_its_claims_are_not_gone(walk, store, folder):
    walk()
    (folder / "a.html").write_bytes(b"\0\0\0\0")
    walk()
    found = compare(store, ())
    assert [page.url for page in found.unseen] == [f"{folder.as_posix()}/a.html"]
    assert changes(found) == set()


def test_a_page_that_takes_too_long_to_judge_costs_itself_only(walk, store, monkeypatch):
    import time

    documents = keeper.documents

    def slow(articles, nlp):
        if articles[0].title == "B":
            time.sleep(5)
        return documents(articles, nlp)

    monkeypatch.setattr(keeper, "documents", slow)
    monkeypatch.setattr(keeper, "JUDGE_SECONDS", 1.5)
    found = visited(store, walk().audit_id)
    assert found["b.html"] == ("failed", "judging it took longer than 1.5 s")
    assert found["a.html"][0] == "done"


def test_stopped_on_the_way_it_goes_on_and_nothing_is_doubled(walk, store, monkeypatch):
    read, seen = offline.read, []

    def stopping(path):
        seen.append(path)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return read(path)

    monkeypatch.setattr(offline, "read", stopping)
    with pytest.raises(KeyboardInterrupt):
        walk()
    done = walk()
    assert (done.audit_id, done.finished, done.resumed) == (1, True, True)
    assert len(seen) == 4  # the page in hand twice
    with store.reading() as session:
        assert session.scalar(select(func.count(Visit.id))) == 3
        assert session.scalar(select(func.count(Judgement.id))) == 3


def test_another_pipeline_does_not_go_on_with_what_one_began(walk, store, nlp, monkeypatch):
    monkeypatch.setattr(offline, "read", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        walk()
    monkeypatch.setitem(nlp.meta, "claimcheck", {**nlp.meta["claimcheck"], "evidence": "newer"})
    with pytest.raises(UsageError, match="begun by another pipeline"):
        walk()


def test_rejudging_lists_what_flipped_and_why_without_reading_anything(walk, store, nlp, monkeypatch):
    walk()
    monkeypatch.setattr(offline, "read", lambda _: pytest.fail("it was read"))
    assert rejudge(store, None, nlp).flips == []
    monkeypatch.setitem(nlp.meta, "claimcheck", {**nlp.meta["claimcheck"], "evidence": "newer"})
    base = nlp.get_pipe("evidence_linker").base
    entry = next(e for e in base.entries.values() if (e.subject, e.effect) == ("zinc", "common-cold"))
    from dataclasses import replace

    from claimcheck.terms import Grade

    monkeypatch.setitem(base.entries, entry.id, replace(entry, grade=Grade.A))
    found = rejudge(store, None, nlp)
    assert found.snapshots == 3
    assert add_up(store).audit.tool["evidence"] == "newer"
    for flip in found.flips:
        assert flip.why


# warcio leaves a temporary file to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_archive_gives_each_address_once(walk, store, tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "site.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, kind, body in (
            ("https://shop.example/a", "200 OK", "text/html", page("A", COPY[0])),
            ("https://shop.example/a#top", "200 OK", "text/html", page("A again", COPY[1])),
            ("https://shop.example/gone", "404 Not Found", "text/html", page("Gone", COPY[0])),
            ("https://shop.example/picture", "200 OK", "image/png", b"\x89PNG"),
            ("https://shop.example/b", "200 OK", "text/html", page("B", COPY[5])),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), http_headers=headers))
    done = walk(path)
    with store.reading() as session:
        found = [(p.url, p.title) for p in pages(session, done.audit_id)]
    assert found == [("https://shop.example/a", "A"), ("https://shop.example/b", "B")]


def test_an_archive_that_is_none_is_wrong_use(walk, tmp_path):
    path = tmp_path / "site.warc.gz"
    path.write_bytes(b"not an archive at all")
    with pytest.raises(UsageError, match="no WARC archive"):
        walk(path)


def test_a_budget_of_pages_holds_for_folders_too(walk, store):
    found = visited(store, walk(max_pages=1).audit_id)
    assert sorted(found.values()) == [("done", ""), *[("skipped", "beyond --max-pages 1")] * 2]


def test_the_page_for_people_is_self_contained_and_shows_copy_as_text(walk, store, folder, tmp_path):
    evil = "<p>&lt;script&gt;alert(1)&lt;/script&gt; garlic cures cancer.</p><title>&lt;img src=x&gt;</title>"
    (folder / "evil.html").write_text(f"<!doctype html>{evil}", encoding="utf-8")
    (folder / "empty.html").write_text("<p></p>", encoding="utf-8")
    walk()
    write(add_up(store), tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    tree = html.document_fromstring(text)
    assert tree.xpath("//script | //img | //link | //@src | //@href") == []
    assert "<img src=x>" in tree.text_content()
    assert len(tree.xpath("//svg[@role='img' and @aria-label]")) >= 2
    assert "empty: holds no text" in tree.text_content()


def test_csv_and_json_say_the_same_and_no_cell_is_a_formula(walk, store, folder, tmp_path):
    (folder / "f.html").write_bytes(page("F", "=garlic() cures cancer."))
    walk()
    found = add_up(store)
    write(found, tmp_path / "r.csv")
    write(found, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(data["claims"]) == 1 + len(found.claims)
    assert data["schema"] == "claimcheck.audit/1"
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
    with pytest.raises(UsageError, match="no format ends in"):
        write(found, tmp_path / "r.docx")
