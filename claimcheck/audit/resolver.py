"""Only the open internet: every address is looked at after its name was resolved, before it is connected to."""

from __future__ import annotations

from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer

from claimcheck.audit import addresses


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes public addresses on, drops the others."""

    def __init__(self, receiver: Any) -> None:
        self.receiver = receiver

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if addresses.is_public(address.host):
            self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.receiver.resolutionComplete()


class PublicResolver(CachingHostnameResolver):
    """Scrapy's resolver without the addresses of inner networks; what it returns is what is connected to."""

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **named: Any) -> Any:  # noqa: N802, N803
        """As Twisted calls it, for literal addresses too."""
        receiver: Any = _PublicOnly(resolutionReceiver)
        return super().resolveHostName(receiver, hostName, *args, **named)
