"""One polite GET."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from claimcheck import __version__
from claimcheck.errors import ArticleError

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"claimcheck/{__version__} (+https://pypi.org/project/health-claimcheck/)"
_TIMEOUT_SECONDS = 15.0
_MAX_BYTES = 20_000_000
_READABLE = ("text/", "application/xhtml", "application/xml")


def fetch(url: str) -> tuple[bytes, str]:
    """Fetch one page, asking robots.txt first.

    Args:
        url: An ``http`` or ``https`` address.

    Returns:
        The body and its content type (lower case, with parameters).

    Raises:
        ArticleError: no answer, an error status, forbidden by robots.txt, not text, too large.
    """
    import httpx

    try:
        with httpx.Client(
            headers={"User-Agent": USER_AGENT}, timeout=_TIMEOUT_SECONDS, follow_redirects=True
        ) as client:
            _ask_robots(client, url)
            return _get(client, url)
    except httpx.TimeoutException as error:
        raise ArticleError(url, f"no answer within {_TIMEOUT_SECONDS:.0f} s.") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # ValueError: urlsplit
        raise ArticleError(url, f"could not be fetched ({error}).", "Check the address.") from error


def _ask_robots(client: httpx.Client, url: str) -> None:
    """RFC 9309: a 4xx means no rules, an unreachable robots.txt means stay out."""
    parts = urlsplit(url)
    answer = client.get(f"{parts.scheme}://{parts.netloc}/robots.txt")
    if answer.status_code >= 500:
        raise ArticleError(url, f"its robots.txt answered {answer.status_code}; stayed out.")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines() if answer.is_success else [])
    if not rules.can_fetch("claimcheck", url):
        raise ArticleError(url, "robots.txt forbids reading it.", "Save the page and scan the file.")


def _get(client: httpx.Client, url: str) -> tuple[bytes, str]:
    with client.stream("GET", url) as answer:
        if not answer.is_success:
            raise ArticleError(url, f"the server answered {answer.status_code}.")
        kind = answer.headers.get("content-type", "text/html").lower()
        if not kind.startswith(_READABLE):
            raise ArticleError(url, f"is {kind.split(';')[0]}, which is not read.")
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > _MAX_BYTES:
                raise ArticleError(url, f"is larger than {_MAX_BYTES // 1_000_000} MB.")
        return bytes(body), kind
