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
_MAX_REDIRECTS = 10
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READABLE = ("text/", "application/xhtml", "application/xml", "application/pdf", _DOCX)


def fetch(url: str) -> tuple[bytes, str]:
    """Fetch one page, asking robots.txt first, also that of every address it redirects to.

    Args:
        url: An ``http`` or ``https`` address.

    Returns:
        The body and its content type (lower case, with parameters).

    Raises:
        ArticleError: no answer, an error status, forbidden by robots.txt, not text, too large.
    """
    import httpx

    try:
        with httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=_TIMEOUT_SECONDS) as client:
            return _get(client, url)
    except httpx.TimeoutException as error:
        raise ArticleError(url, f"no answer within {_TIMEOUT_SECONDS:.0f} s.") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # ValueError: urlsplit
        raise ArticleError(url, f"could not be fetched ({error}).", "Check the address.") from error


def charset(kind: str) -> str:
    """The encoding that a content type names, else empty."""
    return kind.partition("charset=")[2].partition(";")[0].strip().strip("\"'")


def suffix_of(kind: str) -> str:
    """The ending that a content type stands for, empty where the content tells."""
    return ".html" if "html" in kind else ".docx" if kind.startswith(_DOCX) else ""


def _get(client: httpx.Client, url: str) -> tuple[bytes, str]:
    """Follow redirects one by one: each address is read only where its own site allows it."""
    from httpx import URL

    urlsplit(url)  # refuses what httpx would quote instead, such as a stray bracket
    asked = URL(url)
    rules: dict[str, RobotFileParser] = {}
    for _ in range(_MAX_REDIRECTS + 1):
        site = f"{asked.scheme}://{asked.netloc.decode()}"
        if site not in rules:
            rules[site] = _robots(client, site, url)
        if not rules[site].can_fetch("claimcheck", str(asked)):
            raise ArticleError(url, f"robots.txt of {site} forbids reading it.", "Save the page and scan the file.")
        with client.stream("GET", asked) as answer:
            if answer.next_request is None:
                return _body(answer, url)
            asked = answer.next_request.url
    raise ArticleError(url, f"redirects more than {_MAX_REDIRECTS} times.", "Check the address.")


def _robots(client: httpx.Client, site: str, url: str) -> RobotFileParser:
    """RFC 9309: a 4xx means no rules, an unreachable robots.txt means stay out."""
    answer = client.get(f"{site}/robots.txt", follow_redirects=True)
    if answer.status_code >= 500:
        raise ArticleError(url, f"robots.txt of {site} answered {answer.status_code}; stayed out.")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines() if answer.is_success else [])
    return rules


def _body(answer: httpx.Response, url: str) -> tuple[bytes, str]:
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
