"""``claimcheck serve``: the JSON API over HTTP."""

from __future__ import annotations

import click

from claimcheck.cli.options import pipeline_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind to.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to bind to.")
@click.option(
    "--token",
    default="",
    envvar="CLAIMCHECK_TOKEN",
    help="What clients must send as bearer token; needed unless bound to loopback. Also CLAIMCHECK_TOKEN.",
)
@click.option("--max-bytes", default=2_000_000, show_default=True, type=click.IntRange(1), help="Of one request.")
@click.option("--max-seconds", default=30.0, show_default=True, type=click.FloatRange(0.1), help="For one request.")
@click.option("--max-requests", default=16, show_default=True, type=click.IntRange(1), help="In hand at once.")
@pipeline_option
def serve(
    host: str, port: int, token: str, max_bytes: int, max_seconds: float, max_requests: int, pipeline: str
) -> None:
    """Answer POST /v1/scan with the JSON report, so that a CMS can ask before publishing.

    The body is {"text": ...}, {"html": ...} or a form with a file; /openapi.json says it all. Also: POST
    /v1/scan/batch, GET /healthz and GET /metrics.
    """
    from claimcheck.extras import need

    need("serve", "fastapi", "uvicorn", "python_multipart", "prometheus_client")
    from claimcheck.pipeline.run import load
    from claimcheck.web.guards import is_loopback
    from claimcheck.web.scan_api import Limits, make_app
    from claimcheck.web.serve import check_open
    from claimcheck.web.serve import serve as answer

    check_open(host, token)
    limits = Limits(max_bytes, max_seconds, max_requests)
    app = make_app(load(pipeline), token, limits, local=is_loopback(host))
    click.echo(f"listening on http://{host}:{port}", err=True)
    answer(app, host, port)
