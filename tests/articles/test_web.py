from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from claimcheck.articles import read, read_all, web
from claimcheck.errors import ArticleError
from claimcheck.records import Unread

PAGE = b"<!doctype html><title>Shop</title><p>Garlic <b>cures</b> colds.</p>"


class Site:
    """What the server answers, by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        self.root = ""

    def put(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body)
        return self.root + path


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def other_site():
    with serving() as site:
        yield site


@contextmanager
def serving():
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append((self.path, self.headers["User-Agent"]))
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.root = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


def refused(url):
    with pytest.raises(ArticleError) as caught:
        read(url)
    assert caught.value.source == url
    return caught.value.problem


def test_a_page_is_read_after_its_robots_txt_by_a_client_that_says_who_it_is(site):
    url = site.put("/page", PAGE, Content_Type="text/html; charset=utf-8")
    article = read(url)
    assert (article.source, article.title, article.text) == (url, "Shop", "Garlic cures colds.")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/page"]
    assert {agent for _, agent in site.asked} == {web.USER_AGENT}


def test_plain_text_is_read_as_plain_text(site):
    url = site.put("/a.txt", b"Garlic <3 cures\n- colds", Content_Type="text/plain")
    assert read(url).text == "Garlic <3 cures\n- colds"


def test_robots_txt_that_forbids_is_obeyed(site):
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    url = site.put("/private/page", PAGE, Content_Type="text/html")
    assert "forbids reading it" in refused(url)
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert read(site.put("/public", PAGE, Content_Type="text/html")).title == "Shop"


def test_a_robots_txt_that_fails_means_stay_out(site):
    site.put("/robots.txt", status=500)
    url = site.put("/page", PAGE, Content_Type="text/html")
    assert "answered 500" in refused(url)
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_an_error_status_is_told(site, status):
    assert refused(site.put("/page", b"<p>Not here", status, Content_Type="text/html")) == (
        f"the server answered {status}."
    )


@pytest.mark.parametrize("kind", ["application/zip", "image/png", "application/json; charset=utf-8"])
def test_what_is_not_text_is_not_read(site, kind):
    url = site.put("/file", b"Garlic", Content_Type=kind)
    assert refused(url) == f"is {kind.split(';')[0]}, which is not read."


def test_a_redirect_is_followed_and_the_source_stays_what_was_asked(site):
    site.put("/new", PAGE, Content_Type="text/html")
    url = site.put("/old", status=301, Location="/new")
    article = read(url)
    assert (article.source, article.text) == (url, "Garlic cures colds.")


def test_a_redirect_to_where_robots_txt_forbids_is_not_followed(site):
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    site.put("/private/page", PAGE, Content_Type="text/html")
    url = site.put("/old", status=302, Location="/private/page")
    assert "robots.txt" in refused(url)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/old"]


def test_a_redirect_to_another_site_asks_that_site_first(site, other_site):
    other_site.put("/robots.txt", b"User-agent: *\nDisallow: /\n", Content_Type="text/plain")
    target = other_site.put("/page", PAGE, Content_Type="text/html")
    url = site.put("/old", status=302, Location=target)
    assert f"robots.txt of {other_site.root} forbids" in refused(url)
    assert [path for path, _ in other_site.asked] == ["/robots.txt"]
    other_site.put("/robots.txt", b"", Content_Type="text/plain")
    assert read(url).text == "Garlic cures colds."


def test_a_circle_of_redirects_ends(site):
    assert "redirects more than 10 times" in refused(site.put("/circle", status=302, Location="/circle"))


def test_a_page_that_is_too_large_is_not_read(site, monkeypatch):
    monkeypatch.setattr(web, "_MAX_BYTES", 100)
    assert "is larger than" in refused(site.put("/page", b"x" * 101, Content_Type="text/html"))


def test_an_empty_page_holds_no_text(site):
    assert refused(site.put("/page", b"", Content_Type="text/html")) == "holds no text."


def test_a_server_that_does_not_answer_in_time_is_told(monkeypatch):
    monkeypatch.setattr(web, "_TIMEOUT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "no answer within" in refused(url)


def test_a_closed_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "could not be fetched" in refused(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:port/", "https://\udcff/"])
def test_an_address_that_is_none_is_told(url):
    assert "could not be fetched" in refused(url)


def test_a_page_that_fails_costs_no_other(site):
    good = site.put("/page", PAGE, Content_Type="text/html")
    missing, article = read_all([site.root + "/missing", good])
    assert missing == Unread(site.root + "/missing", "the server answered 404.")
    assert article.text == "Garlic cures colds."
