"""What a site's robots.txt allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host.

    Attributes:
        sitemaps: Addresses of sitemaps that it names.
        delay: Seconds that it asks to leave between two requests.
    """

    sitemaps: list[str] = field(default_factory=list)
    delay: float = 0.0
    _rules: Any = None
    _agent: str = ""

    @classmethod
    def parse(cls, body: bytes, agent: str) -> Robots:
        """Read a robots.txt; an empty one allows all."""
        from protego import Protego

        rules = Protego.parse(body.decode("utf-8", "replace"))
        return cls(list(rules.sitemaps), float(rules.crawl_delay(agent) or 0), rules, agent)

    @classmethod
    def closed(cls) -> Robots:
        """The rules of a host that is not asked at all."""
        return cls.parse(b"User-agent: *\nDisallow: /", "claimcheck")

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return bool(self._rules.can_fetch(url, self._agent))
