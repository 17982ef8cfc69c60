from __future__ import annotations

import pytest

from claimcheck.audit.addresses import canonical, host_of, is_public, site_of
from claimcheck.audit.families import _tied, shingles
from claimcheck.audit.options import Options
from claimcheck.audit.plan import plan
from claimcheck.audit.progress import Progress
from claimcheck.audit.robots import Robots
from claimcheck.errors import UsageError
from claimcheck.store.claims import Signed
from claimcheck.store.tables import State


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Shop.example", "https://shop.example/"),
        ("https://shop.example:443/a?b=2&a=1#top", "https://shop.example/a?a=1&b=2"),
        ("http://shop.example:8080/a?utm_source=x&id=1&gclid=2", "http://shop.example:8080/a?id=1"),
        ("https://shop.example/a?utm_source=x", "https://shop.example/a"),
        ("https://shop.example/a b", "https://shop.example/a%20b"),
        ("ftp://shop.example/a", None),
        ("mailto:me@shop.example", None),
        ("https://me:secret@shop.example/", None),
        ("https://shop.example:port/", None),
        ("https:///a", None),
        ("http://[", None),
        ("https://shop.example/" + "a" * 3000, None),
    ],
)
def test_an_address_has_one_form(url, expected):
    assert canonical(url) == expected
    assert expected is None or canonical(expected) == expected


def test_a_site_is_a_host_and_not_a_part_of_its_name():
    assert site_of("https://www.shop.example/a") == site_of("https://shop.example/b") == "shop.example"
    assert site_of("https://shop.example.evil.example/") != "shop.example"
    assert site_of("https://notshop.example/") != "shop.example"
    assert site_of("https://shop.example:8443/") != "shop.example"
    assert host_of("https://www.shop.example/a") == "www.shop.example"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_only_the_open_internet_is_public(address, public):
    assert is_public(address) is public


def test_the_resolver_drops_inner_addresses_after_the_name_was_resolved():
    from twisted.internet.address import IPv4Address

    from claimcheck.audit.resolver import _PublicOnly

    class Receiver:
        def __init__(self):
            self.seen = []

        def addressResolved(self, address):  # noqa: N802
            self.seen.append(address.host)

    receiver = Receiver()
    for host in ("10.0.0.1", "93.184.216.34", "127.0.0.1"):
        _PublicOnly(receiver).addressResolved(IPv4Address("TCP", host, 80))
    assert receiver.seen == ["93.184.216.34"]


def test_robots_txt_speaks_to_us_by_name_or_to_all():
    rules = Robots.parse(
        b"User-agent: claimcheck\nDisallow: /a\nCrawl-delay: 4\n\nUser-agent: *\nDisallow: /\n\nSitemap: https://s.example/m.xml",
        Options().user_agent,
    )
    assert not rules.allows("https://s.example/a")
    assert rules.allows("https://s.example/b")
    assert (rules.delay, rules.sitemaps) == (4.0, ["https://s.example/m.xml"])
    assert Robots.parse(b"", "x").allows("https://s.example/a")
    assert not Robots.closed().allows("https://s.example/a")


def test_a_source_is_told_by_what_it_is(tmp_path):
    assert plan("https://shop.example").kind == "site"
    assert plan("https://shop.example/sitemap.xml").kind == "sitemap"
    assert plan(str(tmp_path)).kind == "folder"
    (tmp_path / "a.warc.gz").write_bytes(b"")
    assert plan(str(tmp_path / "a.warc.gz")).kind == "archive"
    (tmp_path / "urls.txt").write_text("# ours\nshop.example/a\n\nhttps://shop.example/a#x\n", encoding="utf-8")
    assert plan(str(tmp_path / "urls.txt")).seeds == ("https://shop.example/a",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "names no address"), ("https://ok.example\nftp://x\n", "urls.txt:2: 'ftp://x' is no address")],
)
def test_a_list_that_is_none_is_wrong_use(tmp_path, text, problem):
    path = tmp_path / "urls.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        plan(str(path))
    with pytest.raises(UsageError, match="no such site, folder or file"):
        plan(str(tmp_path / "missing"))


def test_the_progress_tells_rate_reason_and_time_left():
    counts = {**dict.fromkeys(map(str, State), 0), "done": 50, "failed": 2, "queued": 90, "blocked": 1}
    line = Progress(counts, 52, 52.0, "--delay 1 s a host").line()
    assert line == "51 done, 90 queued, 2 failed; 1.0 pages/s (--delay 1 s a host); 2 min left for what is queued"
    assert Progress(counts, 52, 52.0, left=10).line().endswith("1.0 pages/s; 10 s left for what is queued")
    assert Progress(counts, 0, 0.0).line() == "51 done, 90 queued, 2 failed"


def families(*sentences, quote="cures cancer"):
    from claimcheck.audit.families import _sign

    rows = [Signed(number, quote, _sign(sentence), None) for number, sentence in enumerate(sentences)]
    return _tied(rows)


LONG = (
    "our {} capsules with black pepper and a hint of ginger will support a calm and steady mood all through the day {}"
)


def test_almost_the_same_is_a_family_and_another_claim_is_none():
    one, two = LONG.format("turmeric", "long"), LONG.format("turmeric", "and night")
    assert families(one, two, "Garlic cures cancer.") == {0: 0, 1: 0, 2: 2}
    assert shingles("One word, two.") == {"one word", "word two"}
    assert shingles("One") == {"one"}


def test_two_claims_of_one_sentence_are_no_family():
    from claimcheck.audit.families import _sign

    made = _sign("Garlic cures cancer and eases colds.")
    assert _tied([Signed(1, "cures cancer", made, None), Signed(2, "eases colds", made, None)]) == {1: 1, 2: 2}
