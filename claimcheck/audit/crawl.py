"""Scrapy, set up to be polite, for one audit in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from claimcheck.articles.files import MAX_BYTES
from claimcheck.audit.keeper import Keeper
from claimcheck.audit.plan import Plan
from claimcheck.audit.progress import Progress

TIMEOUT_SECONDS = 30
_TELL_SECONDS = 1.0


def crawl(keeper: Keeper, plan: Plan, tell: Callable[[Progress], None]) -> str | None:
    """Walk until the frontier is empty or a budget is spent.

    A process crawls once: Twisted's reactor does not start again.

    Args:
        keeper: Where pages go, and where the frontier is.
        plan: Where to start and what to follow.
        tell: Called about once a second.

    Returns:
        The budget that was spent, empty where none was; None where somebody stopped it.
    """
    from scrapy.crawler import CrawlerProcess
    from twisted.internet.task import LoopingCall

    from claimcheck.audit.spider import SiteSpider

    process = CrawlerProcess(_settings(keeper))
    crawler = process.create_crawler(SiteSpider)
    process.crawl(crawler, keeper=keeper, plan=plan)
    started, asked = time.monotonic(), keeper.asked()
    loop = LoopingCall(lambda: tell(_progress(keeper, crawler, asked, started)))
    loop.start(_TELL_SECONDS, now=False)
    process.start()
    if crawler.stats.get_value("finish_reason") != "finished":
        return None
    spider: Any = crawler.spider
    return str(spider.spent)


def _settings(keeper: Keeper) -> dict[str, Any]:
    options = keeper.options
    inner = {} if options.allow_private else {"TWISTED_DNS_RESOLVER": "claimcheck.audit.resolver.PublicResolver"}
    return {
        "USER_AGENT": options.user_agent,
        "ROBOTSTXT_OBEY": False,  # the spider does, and says so; Scrapy's own goes in where robots.txt fails
        "REDIRECT_ENABLED": False,  # the spider follows, as another page of the frontier
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # behind a proxy nobody knows which address is asked
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": options.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "AUTOTHROTTLE_ENABLED": options.delay > 0,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "DOWNLOAD_TIMEOUT": TIMEOUT_SECONDS,
        "DOWNLOAD_MAXSIZE": MAX_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "RETRY_TIMES": 1,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        **inner,
    }


def _progress(keeper: Keeper, crawler: Any, before: int, started: float) -> Progress:
    asked = keeper.asked()
    most = keeper.options.max_pages
    left = None if most is None else max(most - asked, 0)
    seconds = time.monotonic() - started
    return Progress(keeper.counts(), asked - before, seconds, _reason(keeper, crawler), left)


def _reason(keeper: Keeper, crawler: Any) -> str:
    """What sets the rate: robots.txt, a slow server, or the delay that was asked for."""
    slots = crawler.engine.downloader.slots if crawler.engine else {}
    delay = max((slot.delay for slot in slots.values()), default=0.0)
    if delay <= keeper.options.delay:
        return f"--delay {delay:g} s a host" if delay else ""
    asked = any(rules.delay >= delay for rules in crawler.spider.robots.values())
    return f"robots.txt asks for {delay:g} s" if asked else f"the server is slow: {delay:.1f} s between requests"
