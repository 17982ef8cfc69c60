"""What the server did, for Prometheus."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimcheck.records import Report


class Metrics:
    """Counters of one server, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("claimcheck_requests", "Requests answered.", ("path", "status"), registry=self.registry)
        self.seconds = Histogram("claimcheck_request_seconds", "Time to answer.", ("path",), registry=self.registry)
        self.in_hand = Gauge("claimcheck_requests_in_hand", "Requests not answered yet.", registry=self.registry)
        self.documents = Counter("claimcheck_documents", "Documents judged.", registry=self.registry)
        self.claims = Counter("claimcheck_claims", "Claims found.", ("verdict",), registry=self.registry)

    def judged(self, report: Report) -> None:
        """Count what stands in a report."""
        self.documents.inc(len(report.documents))
        for verdict, count in report.counts().items():
            self.claims.labels(verdict).inc(count)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)


class Measured:
    """Counts and times every request by the route that answered it.

    Args:
        app: The application behind.
        metrics: Where the figures go.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - the ASGI protocol
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        begun = time.perf_counter()
        with self.metrics.in_hand.track_inprogress():
            try:
                await self.app(scope, receive, watched)
            finally:
                # The template of the route, not the address: what clients make up is no label.
                path = getattr(scope.get("route"), "path", "none")
                self.metrics.requests.labels(path, str(status)).inc()
                self.metrics.seconds.labels(path).observe(time.perf_counter() - begun)
