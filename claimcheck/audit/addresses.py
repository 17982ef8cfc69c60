"""Addresses: which are the same page, the same site, the open internet."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

# What campaigns add to an address; it names the visitor's way, not another page.
_TRACKING = re.compile(r"^(utm_\w+|gclid|dclid|fbclid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi)$")
# Longer ones are traps or data; PostgreSQL could not index them either.
_MAX_LENGTH = 2000


def canonical(url: str) -> str | None:
    """An address in the one form in which it is kept, None where it is none that is fetched.

    Query parameters are sorted, those of campaigns, fragments and a port that says nothing are dropped.
    """
    from w3lib.url import canonicalize_url, url_query_cleaner

    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        default = parts.port == {"http": 80, "https": 443}[parts.scheme]
    except ValueError:
        return None
    if default:
        url = parts._replace(netloc=parts.hostname).geturl()
    names = [pair.split("=")[0] for pair in parts.query.split("&")]
    tracking = [name for name in names if _TRACKING.match(name)]
    cleaned = url_query_cleaner(url, tracking, remove=True, unique=False) if tracking else url
    address = canonicalize_url(cleaned)
    return address if len(address) <= _MAX_LENGTH else None


def host_of(url: str) -> str:
    """Host and port of an address: what is asked one page at a time."""
    return urlsplit(url).netloc.lower()


def site_of(url: str) -> str:
    """What makes two addresses of one site: the host, with and without ``www.``, and the port."""
    return host_of(url).removeprefix("www.")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    try:
        parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return is_public(str(mapped)) if mapped else parsed.is_global and not parsed.is_multicast
