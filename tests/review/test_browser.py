"""The reviewers' pages in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import pytest

import claimcheck
from claimcheck.corpus import load_pages
from claimcheck.pipeline.run import documents
from claimcheck.records import Article
from claimcheck.review.decisions import NONE
from claimcheck.review.desk import decided, put
from claimcheck.store.review import ReviewStore
from tests.web.browser import chromium

PASSWORD = "a long password"
KEYS = {"supported": "1", "overstated": "2", "unsupported": "3", NONE: "0", "unsure": "u"}


@contextmanager
def served(store):
    """The address of a server in a thread."""
    import uvicorn

    from claimcheck.web.review_app import make_review_app

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_review_app(store), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def store(small, tmp_path):
    store = ReviewStore(str(tmp_path / "review.db"))
    for name, role in {"ada": "reviewer", "bob": "reviewer", "eve": "adjudicator"}.items():
        store.add_user(name, PASSWORD, role)
    nlp = claimcheck.load(small / "models" / "en_claims_sm")
    pages = load_pages(small / "data" / "corpus", "validation")
    put(store, documents((Article(page.id, page.text, page.blocks) for page in pages), nlp), "en_claims_sm", double=0.0)
    yield store
    store.store.close()


def log_in(browser, address, name, **options):
    page = browser.new_context(**options).new_page()
    page.goto(address + "/review")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#claim")
    return page


def test_a_phone_shows_the_claim_and_the_keys_without_sideways_scrolling(store):
    with served(store) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
        page = context.new_page()
        page.goto(address + "/review")
        page.fill("[name=name]", "ada")
        page.fill("[name=password]", PASSWORD)
        page.tap("button.main")
        page.wait_for_selector("mark")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        box = page.locator("button[value=overstated]").bounding_box()
        assert box["height"] >= 44
        page.tap("button[value=overstated]")
        page.wait_for_selector("#said:has-text('Saved')")
        assert [made.label for made in decided(store)] == ["overstated"]


def test_everything_can_be_decided_without_scripts(store):
    with served(store) as address, chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(address + "/review")
        page.fill("[name=name]", "ada")
        page.fill("[name=password]", PASSWORD)
        page.click("button.main")
        page.click("button[value=none]")
        page.click("text=take back")
    assert [(made.label, made.undoes) for made in decided(store)] == [(NONE, 0), ("", 1)]
