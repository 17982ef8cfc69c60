"""The walk over the web: Scrapy asks, the store knows what to ask next."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import signals
from scrapy.exceptions import CannotResolveHostError, DontCloseSpider, StopDownload
from scrapy.http import HtmlResponse, Response, TextResponse

from claimcheck.articles.files import read_data
from claimcheck.audit.addresses import canonical, host_of, site_of
from claimcheck.audit.keeper import Fetched, Keeper
from claimcheck.audit.plan import Plan
from claimcheck.audit.robots import Robots
from claimcheck.audit.sitemaps import Sitemaps
from claimcheck.errors import ArticleError
from claimcheck.store.tables import Snapshot, State, Visit

READABLE = ("text/html", "text/plain", "text/markdown", "application/xhtml")
_HOSTS_AT_ONCE = 16
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304


class SiteSpider(scrapy.Spider):
    """Visits one page of a host at a time, in the order of the frontier, so that each run walks the same way.

    Args:
        keeper: Where pages go.
        plan: Where it starts and what it follows.

    Attributes:
        spent: The budget that ended the walk, empty where none did.
    """

    name = "claimcheck"

    def __init__(self, keeper: Keeper, plan: Plan, **named: Any) -> None:
        super().__init__(**named)
        self.keeper, self.plan = keeper, plan
        self.robots: dict[str, Robots] = {}
        self.busy: set[str] = set()
        self.spent = ""
        self.started = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **named: Any) -> SiteSpider:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **named)
        crawler.signals.connect(spider.more, signals.spider_idle)
        crawler.signals.connect(spider.only_text, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Begin on as many hosts as may be asked at once, or with the sitemap that is all there is."""
        for url in self.plan.named_sitemaps:
            self.busy.add(host_of(url))
            yield self._ask_robots(url)
        for request in self._fill():
            yield request

    def more(self) -> None:
        """Nothing is under way: begin on other hosts, or end."""
        requests = list(self._fill())
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def only_text(self, headers: Any, request: scrapy.Request, **_: Any) -> None:
        """Stop the download of what is not read."""
        kind = (headers.get(b"Content-Type") or b"text/html").decode("latin-1").lower()
        if "visit" in request.meta and not kind.startswith(READABLE):
            raise StopDownload(fail=False)

    def _fill(self) -> Iterator[scrapy.Request]:
        while len(self.busy) < _HOSTS_AT_ONCE:
            found = None if self._over() else self.keeper.next(self.busy)
            if found is None:
                return
            host = found[0].page.host
            self.busy.add(host)
            yield from self._go_on(host)

    def _next(self, host: str) -> Iterator[scrapy.Request]:
        """Go on with a host, and where it has no more pages with another."""
        yield from self._go_on(host)
        if host not in self.busy:
            yield from self._fill()

    def _over(self) -> bool:
        """Whether a budget is spent; requests under way to other hosts count, for they will bring a page each."""
        minutes, pages = self.keeper.options.max_minutes, self.keeper.options.max_pages
        if minutes is not None and time.monotonic() - self.started > minutes * 60:
            self.spent = f"beyond --max-minutes {minutes:g}"
        elif pages is not None and self.keeper.asked() >= pages:
            self.spent = f"beyond --max-pages {pages}"
        under_way = max(len(self.busy) - 1, 0)
        return bool(self.spent) or (pages is not None and self.keeper.asked() + under_way >= pages)

    def _go_on(self, host: str) -> Iterator[scrapy.Request]:
        """The next request to a host; it is not busy any more where there is none."""
        found = None if self._over() else self.keeper.next(host=host)
        while found is not None:
            visit, before = found
            rules = self.robots.get(host)
            if rules is None:
                yield self._ask_robots(visit.page.url)
                return
            if rules.allows(visit.page.url):
                yield self._ask_page(visit, before)
                return
            self.keeper.end(visit, State.BLOCKED, "robots.txt forbids it")
            found = None if self._over() else self.keeper.next(host=host)
        self.busy.discard(host)

    # robots.txt and sitemaps

    def _ask_robots(self, url: str) -> scrapy.Request:
        return self._request(urljoin(url, "/robots.txt"), self.on_robots, self.on_no_robots, host=host_of(url))

    def on_robots(self, response: Response) -> Iterator[scrapy.Request]:
        """RFC 9309: a 4xx means no rules; a server error means stay out."""
        host = response.meta["host"]
        hops = response.meta.get("hops", 0)
        if response.status in _REDIRECTS and hops < 5:
            target = response.urljoin(_header(response, "Location"))
            yield self._request(target, self.on_robots, self.on_no_robots, host=host, hops=hops + 1)
            return
        if response.status >= 500:
            yield from self._stay_out(host, f"its robots.txt answered {response.status}; stayed out")
            return
        found = response.status == 200
        rules = Robots.parse(response.body if found else b"", self.settings["USER_AGENT"])
        self.robots[host] = rules
        self.keeper.note(f"{host}: robots.txt obeyed" if found else f"{host}: no robots.txt")
        self._slow_down(host, rules)
        yield from self._ask_sitemaps(host, rules)

    def on_no_robots(self, failure: Any) -> Iterator[scrapy.Request]:
        """A robots.txt that cannot be had means stay out."""
        yield from self._stay_out(failure.request.meta["host"], f"robots.txt could not be read: {_why(failure)}")

    def _stay_out(self, host: str, problem: str) -> Iterator[scrapy.Request]:
        self.robots[host] = Robots.closed()
        self.keeper.end_host(host, problem)
        yield from self._next(host)

    def _slow_down(self, host: str, rules: Robots) -> None:
        if rules.delay > self.keeper.options.delay:
            self.keeper.note(f"{host}: robots.txt asks for {rules.delay:g} s between requests")
            downloader = self.crawler.engine.downloader
            name = str(urlsplit(f"//{host}").hostname)
            # For the slot that is there, and for the one that takes its place after a pause.
            downloader.per_slot_settings[name] = {"delay": rules.delay, "concurrency": 1}
            if name in downloader.slots:
                downloader.slots[name].delay = rules.delay

    def _ask_sitemaps(self, host: str, rules: Robots) -> Iterator[scrapy.Request]:
        done = f"{host}: sitemaps read"
        if not self.plan.sitemaps or any(note.startswith(done) for note in self.keeper.notes()):
            yield from self._go_on(host)
            return
        named = self.plan.named_sitemaps or rules.sitemaps or [f"{self.plan.scheme}://{host}/sitemap.xml"]
        walk = Sitemaps(host, done, [url for url in named if site_of(url) == site_of(f"//{host}")])
        yield from self._next_sitemap(walk)

    def _next_sitemap(self, walk: Sitemaps) -> Iterator[scrapy.Request]:
        url = walk.next()
        if url is not None:
            yield self._request(url, self.on_sitemap, self.on_no_sitemap, walk=walk)
            return
        pages = [address for address in map(canonical, walk.pages) if address and self._same_site(address)]
        self.keeper.queue(pages, note=f"{walk.done}: {walk.read} with {len(set(pages))} pages")
        yield from self._go_on(walk.host)

    def on_sitemap(self, response: Response) -> Iterator[scrapy.Request]:
        """A sitemap, or an index of sitemaps; what is none brings nothing."""
        walk: Sitemaps = response.meta["walk"]
        if response.status in _REDIRECTS:
            walk.add(response.urljoin(_header(response, "Location")))
        elif response.status == 200:
            walk.take(response.body)
        yield from self._next_sitemap(walk)

    def on_no_sitemap(self, failure: Any) -> Iterator[scrapy.Request]:
        """A sitemap that cannot be had brings nothing."""
        yield from self._next_sitemap(failure.request.meta["walk"])

    # pages

    def _ask_page(self, visit: Visit, before: Snapshot | None) -> scrapy.Request:
        headers = {}
        if before is not None and before.etag:
            headers["If-None-Match"] = before.etag
        if before is not None and before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        return self._request(visit.page.url, self.on_page, self.on_failure, headers, visit=visit, before=before)

    def _request(
        self, url: str, callback: Any, errback: Any, headers: dict[str, str] | None = None, **meta: Any
    ) -> scrapy.Request:
        rules = self.robots.get(host_of(url))
        asked = rules is not None and rules.delay > self.keeper.options.delay
        named = {"handle_httpstatus_all": True, "autothrottle_dont_adjust_delay": asked, **meta}
        return scrapy.Request(url, callback, errback=errback, headers=headers, meta=named, dont_filter=True)

    def on_page(self, response: Response) -> Iterator[scrapy.Request]:
        """What a server answered, into the store."""
        visit: Visit = response.meta["visit"]
        self._page(response, visit, response.meta["before"])
        yield from self._next(visit.page.host)

    def on_failure(self, failure: Any) -> Iterator[scrapy.Request]:
        """No answer, into the store."""
        visit: Visit = failure.request.meta["visit"]
        self.keeper.end(visit, State.FAILED, _why(failure))
        yield from self._next(visit.page.host)

    def _page(self, response: Response, visit: Visit, before: Snapshot | None) -> None:
        if response.status == _NOT_MODIFIED and before is not None:
            self.keeper.unchanged(visit, before)
        elif response.status in _REDIRECTS:
            self._redirect(response, visit)
        elif response.status != 200:
            self.keeper.end(visit, State.FAILED, f"the server answered {response.status}")
        elif not _kind(response).startswith(READABLE):
            self.keeper.end(visit, State.SKIPPED, f"is {_kind(response).split(';')[0]}, which is not read")
        else:
            self._read(response, visit)

    def _redirect(self, response: Response, visit: Visit) -> None:
        where = response.urljoin(_header(response, "Location"))
        target = canonical(where)
        if target is not None and not self._same_site(target):
            self.keeper.moved(visit, None, f"{target}, which is another site")
        else:
            self.keeper.moved(visit, target, target or where)

    def _read(self, response: Response, visit: Visit) -> None:
        suffix = ".html" if "html" in _kind(response) else ""
        try:
            article = read_data(response.body, visit.page.url, suffix)
        except ArticleError as error:
            state = State.EMPTY if error.problem == "holds no text." else State.FAILED
            self.keeper.end(visit, state, error.problem.rstrip("."))
            return
        headers = (_header(response, "ETag"), _header(response, "Last-Modified"), _kind(response))
        page = Fetched(article, tuple(self._links(response)), self._own(response), headers, response.body)
        self.keeper.keep(visit, page)

    def _links(self, response: Response) -> list[str]:
        from scrapy.linkextractors import LinkExtractor

        if not self.plan.links or not isinstance(response, HtmlResponse):
            return []
        found = (canonical(link.url) for link in LinkExtractor(strip=True).extract_links(response))
        return list(dict.fromkeys(url for url in found if url and self._same_site(url)))

    def _own(self, response: Response) -> str:
        """The address the page gives as its own, where that is on the same site."""
        if not self.plan.links or not isinstance(response, TextResponse):
            return ""
        named = response.css('link[rel="canonical"]::attr(href)').get()
        own = canonical(response.urljoin(named)) if named else None
        return own if own and self._same_site(own) else ""

    def _same_site(self, url: str) -> bool:
        return site_of(url) in self.plan.sites


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")


def _kind(response: Response) -> str:
    return _header(response, "Content-Type").lower() or "text/html"


def _why(failure: Any) -> str:
    """A failure in a few words."""
    from twisted.internet import error

    if failure.check(error.DNSLookupError, CannotResolveHostError):
        return "has no public address (inner networks are asked only with --allow-private)"
    if failure.check(error.TimeoutError, error.TCPTimedOutError) or "Timeout" in type(failure.value).__name__:
        return "no answer in time"
    if "DownloadCancelled" in type(failure.value).__name__ or "Cancelled" in type(failure.value).__name__:
        return "is too large"
    return (str(failure.value) or type(failure.value).__name__).split("\n")[0].rstrip(".")
