from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from claimcheck.review.decisions import conflicts
from claimcheck.review.desk import decided, everything, put
from claimcheck.store.review import ReviewStore
from claimcheck.web.review_app import make_review_app

PASSWORD = "a long password"
EVIL = "Garlic cures cancer. <script>alert(1)</script> <img src=x onerror=alert(2)>"
HIDDEN = re.compile(r'name="(csrf|request_id)" value="([^"]*)"')


@pytest.fixture
def store(tmp_path, nlp):
    from claimcheck.articles import read_plain
    from claimcheck.pipeline.run import documents

    store = ReviewStore(str(tmp_path / "review.db"))
    for name, role in {"ada": "reviewer", "bob": "reviewer", "eve": "adjudicator"}.items():
        store.add_user(name, PASSWORD, role)
    texts = [EVIL, "Ginger eases nausea.", "Ginger cures diabetes.", "Ginger cures diabetes. It is a root."]
    articles = [read_plain(text, f"shop/{n}.txt") for n, text in enumerate(texts)]
    documents_ = [replace(d, claims=d.claims[:1]) for d in documents(articles, nlp)]
    quotes = [claim.quote for document in documents_ for claim in document.claims]
    assert quotes[1:] == ["eases nausea", "cures diabetes", "cures diabetes"]
    assert put(store, documents_, "p", double=1.0) == 4
    yield store
    store.store.close()


@pytest.fixture
def people(store):
    app = make_review_app(store)

    def log_in(name):
        client = TestClient(app, base_url="http://localhost")
        form = dict(HIDDEN.findall(client.get("/login").text))
        client.post("/login", data={**form, "name": name, "password": PASSWORD})
        return client

    return {name: log_in(name) for name in ("ada", "bob", "eve")}


def decide(client, number, label, **fields):
    form = dict(HIDDEN.findall(client.get(f"/claims/{number}").text))
    return client.post(f"/claims/{number}/decision", data={**form, "label": label, **fields})


def test_nobody_sees_anything_before_logging_in(store):
    client = TestClient(make_review_app(store), base_url="http://localhost", follow_redirects=False)
    for path in ("/review", "/claims", "/claims/1", "/pages/1", "/agreement", "/conflicts", "/export"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    form = dict(HIDDEN.findall(client.get("/login").text))
    for name, password in {"ada": "wrong password", "nobody": PASSWORD}.items():
        answer = client.post("/login", data={**form, "name": name, "password": password})
        assert answer.status_code == 401


def test_a_form_of_another_site_is_refused(people, store):
    assert people["ada"].post("/claims/1/decision", data={"label": "none", "request_id": "x"}).status_code == 403
    assert people["ada"].post("/undo", data={"csrf": "guessed", "request_id": "x"}).status_code == 403
    assert decided(store) == []


def test_stored_copy_with_scripts_is_shown_as_text(people):
    answer = people["ada"].get("/claims/1")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    whole = people["ada"].get("/pages/1")
    assert whole.headers["content-type"].startswith("text/plain")
    assert whole.headers["x-content-type-options"] == "nosniff"
    for got in (answer, whole):
        policy = got.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_a_decision_is_kept_with_who_and_what_was_corrected(people, store):
    decide(people["ada"], 1, "overstated", grade="B", note="two trials", words="cures cancer")
    (made,) = decided(store)
    assert (made.label, made.reviewer, made.pipeline, made.note) == ("overstated", "ada", "p", "two trials")
    assert made.fields == {"grade": "B"}


def test_the_same_key_sent_twice_is_one_decision(people, store):
    form = dict(HIDDEN.findall(people["ada"].get("/claims/1").text))
    for _ in range(2):
        people["ada"].post("/claims/1/decision", data={**form, "label": "none"})
    assert len(decided(store)) == 1


def test_taking_back_adds_and_removes_nothing(people, store):
    decide(people["ada"], 1, "none")
    form = dict(HIDDEN.findall(people["ada"].get("/claims/1").text))
    people["ada"].post("/undo", data=form)
    assert [(made.label, made.undoes) for made in decided(store)] == [("none", 0), ("", 1)]


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"label": "maybe"}, "Use one of"),
        ({"label": "none", "grade": "E"}, "grade"),
        ({"label": "none", "words": "q"}, "nowhere"),
    ],
)
def test_what_is_no_label_is_refused(people, store, fields, part):
    answer = decide(people["ada"], 1, **fields)
    assert answer.status_code == 422
    assert part in answer.text
    assert decided(store) == []


def test_claims_with_the_same_words_are_decided_together(people, store):
    page = people["ada"].get("/claims?search=diabetes").text
    number = int(re.search(r"/claims/(\d+)", page)[1])
    decide(people["ada"], number, "unsupported", all_alike="true")
    assert [made.label for made in decided(store)] == ["unsupported", "unsupported"]


def test_a_missed_claim_is_marked_by_its_words(people, store):
    form = dict(HIDDEN.findall(people["ada"].get("/claims/4").text))
    sent = {**form, "words": "is a root", "label": "unsupported", "kind": "function"}
    assert people["ada"].post("/claims/4/missed", data=sent).status_code == 200
    (made,) = decided(store)
    sheets, _ = everything(store)
    text = next(sheet.text for sheet in sheets if sheet.id == made.page)
    assert made.missed
    assert text[made.claim["start"] : made.claim["end"]] == "is a root"
    assert people["ada"].post("/claims/4/missed", data={**sent, "words": "not there"}).status_code == 422


def test_reviewers_are_blind_and_adjudicators_settle(people, store):
    decide(people["ada"], 1, "none")
    decide(people["bob"], 1, "supported", note="a secret view")
    for path in ("/claims/1", "/claims?reviewer=bob", "/claims?label=supported"):
        assert "secret view" not in people["ada"].get(path).text
    assert people["ada"].get("/conflicts").status_code == 403
    assert people["ada"].get("/export").status_code == 403
    both = people["eve"].get("/conflicts/1").text
    assert "View of ada" in both
    assert "a secret view" in both
    assert len(conflicts(decided(store))) == 1
    form = dict(HIDDEN.findall(both))
    people["eve"].post("/conflicts/1", data={**form, "label": "overstated"})
    assert conflicts(decided(store)) == []
    assert people["eve"].get("/export").text.count('{"decision"') == 3


def test_filters_and_search_find(people):
    def found(query):
        return set(re.findall(r'href="/claims/\d+">([^<]*)<', people["ada"].get(f"/claims?{query}").text))

    assert found("search=DIABETES") == {"cures diabetes"}
    assert "eases nausea" not in found("verdict=unsupported")
    assert found("site=elsewhere") == set()
    assert "cures cancer" in found("rule=FDA101") | found("site=shop")


def test_everything_answers(people):
    for path in ("/review", "/claims", "/agreement", "/conflicts", "/claims/2", "/static/review.js"):
        assert people["eve"].get(path).status_code == 200, path
    assert people["eve"].get("/claims/999").status_code == 404


def test_without_login_the_owner_is_let_in(store):
    client = TestClient(make_review_app(store, login=False), base_url="http://127.0.0.1")
    assert "local (admin)" in client.get("/review").text
    assert client.get("/review", headers={"host": "evil.example"}).status_code == 421
