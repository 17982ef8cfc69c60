"""The walk over a site of our own, in processes of their own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import func, select

from claimcheck.store import Store
from claimcheck.store.results import audit_info
from claimcheck.store.tables import Judgement, Snapshot
from tests.audit.looking import audit, states
from tests.sites.shop import COPY, Shop, full_shop, page, settled

ROBOTS = b"User-agent: *\nCrawl-delay: 0.5\n"


@pytest.fixture(scope="module")
def shop():
    shop = full_shop()
    stop = shop.serve()
    yield settled(shop)
    stop()


@pytest.fixture(scope="module")
def where(tmp_path_factory):
    return str(tmp_path_factory.mktemp("store") / "audits.db")


@pytest.fixture(scope="module")
def first(shop, where):
    words = ("--delay", 0, "--allow-private", "--contact", "me@shop.example", "--keep-raw")
    done = audit("run", shop.root, "--store", where, *words)
    assert (done.returncode, done.stderr) == (0, "")
    return states(where, root=shop.root), list(shop.asked), done.stdout


def test_robots_txt_is_obeyed_and_said_so(first, shop):
    found, asked, shown = first
    assert asked[0] == "/robots.txt"
    assert "/admin/secret" not in asked
    assert found["/admin/secret"] == ("blocked", "robots.txt forbids it")
    assert "robots.txt obeyed" in shown


def test_a_page_that_only_a_sitemap_of_the_sitemap_index_names_is_found(first):
    found, asked, shown = first
    assert found["/hidden"] == ("done", "")
    assert asked.index("/maps/one.xml") < asked.index("/")
    assert "sitemaps read: 2 with 2 pages" in shown


def test_redirects_are_followed_and_a_loop_ends(first, shop):
    found, asked, _ = first
    assert found["/old"] == ("moved", f"moved to {shop.root}/new")
    assert found["/new"] == ("done", "")
    assert {found["/loop-a"][0], found["/loop-b"][0]} == {"moved"}
    assert (asked.count("/loop-a"), asked.count("/loop-b")) == (1, 1)


def test_a_redirect_to_another_site_is_not_followed(first):
    found, _, _ = first
    assert found["/outside"] == ("moved", "moved to http://127.0.0.2:9/inner, which is another site")
    assert not any("127.0.0.2" in url or "elsewhere" in url for url in found)


@pytest.mark.parametrize(
    ("path", "state", "problem"),
    [
        ("/gone", "failed", "the server answered 404"),
        ("/broken", "failed", "the server answered 500"),
        ("/slow", "failed", "no answer in time"),
        ("/huge", "failed", "is too large"),
        ("/document", "skipped", "is application/pdf, which is not read"),
        ("/german", "language", ""),
        ("/empty", "empty", "holds no text"),
        ("/deep3", "done", ""),
    ],
)
def test_what_cannot_be_judged_is_told_with_its_reason(first, path, state, problem):
    assert first[0][path] == (state, problem)


def test_a_server_error_is_asked_once_more_and_no_more(first):
    assert first[1].count("/broken") == 2


def test_pictures_and_archives_are_not_even_asked_for(first):
    found, asked, _ = first
    assert not {"/picture.png", "/file.zip"} & {*found, *asked}


def test_one_page_under_several_addresses_is_one(first, shop):
    found, asked, _ = first
    assert [path for path in asked if path.startswith("/list")] == ["/list?a=1&b=2"]
    assert found["/print"] == ("duplicate", f"the same as {shop.root}/garlic")
    assert found["/twin"] == ("duplicate", f"the same as {shop.root}/garlic")


def test_it_says_who_asks(first, shop):
    agents = {headers["User-Agent"] for _, headers in shop.headers}
    assert len(agents) == 1
    assert "claimcheck/" in agents.pop()
    assert all("me@shop.example" in headers["User-Agent"] for _, headers in shop.headers)


def test_pages_kept_raw_can_be_audited_again_from_an_archive(first, where, shop, tmp_path):
    path, again = tmp_path / "site.warc.gz", tmp_path / "again.db"
    assert audit("export", "--store", where, "-o", path).returncode == 0
    assert audit("run", path, "--store", again).returncode == 0
    kept = {url for url, (state, _) in first[0].items() if state in ("done", "language")}
    assert set(states(again, root=shop.root)) == kept


def test_a_second_audit_asks_for_changes_only_and_judges_them_only(first, shop, where):
    before = len(shop.asked)
    shop.put("/garlic", page("Garlic", "Garlic may help with colds.", COPY[1]))
    shop.put("/deep3", page("Three", "Zinc cures colds in every case."))
    done = audit("run", shop.root, "--store", where, "--delay", 0, "--allow-private")
    assert done.returncode == 0, done.stderr
    found = states(where, root=shop.root)
    asked = [(path, headers) for path, headers in shop.headers[before:] if found.get(path, ("",))[0] == "unchanged"]
    assert {path for path, _ in asked} == {
        "/hidden", "/new", "/list?a=1&b=2", "/deep1", "/deep2", "/german", "/"
    }  # fmt: skip
    assert all("If-None-Match" in headers for _, headers in asked)
    assert (found["/garlic"][0], found["/deep3"][0]) == ("done", "done")
    store = Store.open(where)
    with store.reading() as session:
        # Three new snapshots: two pages changed, and what was a twin of one stands alone now.
        assert found["/twin"][0] == "done"
        assert session.scalar(select(func.count(Snapshot.id))) == 9 + 3
        assert session.scalar(select(func.count(Judgement.id))) == 8 + 3
        assert audit_info(session).id == 2
    store.close()
    shown = audit("diff", "--store", where, "--fail-on-new", "overstated")
    assert shown.returncode == 1
    assert f"{shop.root}/deep3" in shown.stdout
    assert "now  Zinc cures colds in every case." in shown.stdout


def test_budgets_end_the_walk_and_what_is_left_is_told(shop, tmp_path):
    where = tmp_path / "a.db"
    done = audit("run", shop.root, "--store", where, "--delay", 0, "--allow-private", "--max-pages", 3)
    assert done.returncode == 0, done.stderr
    found = states(where, root=shop.root)
    asked = {path for path, (state, _) in found.items() if state not in ("skipped", "blocked")}
    assert asked == {"/", "/hidden", "/garlic"}
    assert set(found.values()) == {("done", ""), ("skipped", "beyond --max-pages 3")}


def test_depth_is_counted_in_links(shop, tmp_path):
    where = tmp_path / "a.db"
    done = audit("run", shop.root, "--store", where, "--delay", 0, "--allow-private", "--max-depth", 1)
    assert done.returncode == 0, done.stderr
    found = states(where, root=shop.root)
    assert "/deep1" in found
    assert "/deep2" not in found


def test_a_sitemap_alone_gives_its_pages_and_no_more(shop, tmp_path):
    where = tmp_path / "a.db"
    done = audit("run", f"{shop.root}/maps/index.xml", "--store", where, "--delay", 0, "--allow-private")
    assert done.returncode == 0, done.stderr
    assert set(states(where, root=shop.root)) == {"/hidden", "/garlic"}


@pytest.fixture
def small():
    shop = Shop()
    shop.put("/robots.txt", ROBOTS, Content_Type="text/plain")
    shop.put("/", page("Shop", COPY[0], links=["/a", "/b"]))
    shop.put("/a", page("A", COPY[1]))
    shop.put("/b", page("B", COPY[2]))
    stop = shop.serve(host="0.0.0.0")  # also 127.0.0.2, which stands for an inner host
    shop.root = shop.root.replace("0.0.0.0", "127.0.0.1")
    yield shop
    stop()


def test_the_pause_that_robots_txt_asks_for_is_kept_and_said(small, tmp_path):
    done = audit("run", small.root, "--store", tmp_path / "a.db", "--delay", 0.1, "--allow-private")
    assert "robots.txt asks for 0.5 s between requests" in done.stdout
    pages = [time for path, time in zip(small.asked, small.times, strict=True) if path in ("/", "/a", "/b")]
    assert min(later - sooner for sooner, later in pairwise(pages)) >= 0.45


def test_inner_addresses_are_not_asked(small, tmp_path):
    where = tmp_path / "a.db"
    done = audit("run", small.root, "--store", where, "--delay", 0)
    assert done.returncode == 0
    assert small.asked == []
    [(state, problem)] = states(where).values()
    assert state == "blocked"
    assert "no public address" in problem


def test_a_redirect_into_the_inside_is_not_followed_even_to_a_host_of_the_list(small, tmp_path):
    inner = small.root.replace("127.0.0.1", "127.0.0.2")
    small.put("/go", b"", 302, Location=f"{inner}/secret")
    small.put("/secret", page("Secret", COPY[0]))
    addresses = tmp_path / "urls.txt"
    addresses.write_text(f"# vendors\n{small.root}/go\n{small.root}/a\n{inner}/b\n", encoding="utf-8")
    where = tmp_path / "a.db"
    done = audit("--loopback-is-public", "run", addresses, "--store", where, "--delay", 0)
    assert done.returncode == 0, done.stderr
    found = states(where)
    assert found[f"{small.root}/a"] == ("done", "")
    assert found[f"{small.root}/go"] == ("moved", f"moved to {inner}/secret")
    assert found[f"{inner}/secret"][0] == found[f"{inner}/b"][0] == "blocked"
    assert not {"/secret", "/b"} & set(small.asked)


def test_a_robots_txt_that_fails_means_stay_out(small, tmp_path):
    small.put("/robots.txt", b"", 503)
    where = tmp_path / "a.db"
    audit("run", small.root, "--store", where, "--delay", 0, "--allow-private")
    assert set(small.asked) == {"/robots.txt"}
    [(state, problem)] = states(where).values()
    assert (state, problem) == ("blocked", "its robots.txt answered 503; stayed out")
