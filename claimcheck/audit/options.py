"""What an audit is asked to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """Budgets and manners of an audit.

    Attributes:
        max_pages: Pages asked for at most, None for all.
        max_depth: Links followed from where it starts, None for any number.
        max_minutes: Time of one run, None for any.
        delay: Seconds between two requests to one host.
        contact: Where the owner of a site can reach who audits it; part of the user agent.
        allow_private: Whether addresses that are not public are asked.
        keep_raw: Whether the page itself is kept beside its text.
    """

    max_pages: int | None = None
    max_depth: int | None = None
    max_minutes: float | None = None
    delay: float = 1.0
    contact: str = ""
    allow_private: bool = False
    keep_raw: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as the store keeps it."""
        return asdict(self)

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain."""
        from claimcheck.articles.web import USER_AGENT

        return f"{USER_AGENT[:-1]}; {self.contact})" if self.contact else USER_AGENT
