"""The JSON API: text, page or file in, report out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile

from claimcheck import __version__
from claimcheck.report.as_json import to_dict
from claimcheck.web.bench import Bench, BusyError, Reader, SlowError
from claimcheck.web.documents import Batch, Html, Text, read_sent, read_upload
from claimcheck.web.guards import LocalHosts, SizeLimit, token_guard
from claimcheck.web.metrics import Measured, Metrics
from claimcheck.web.openapi import PROBLEM, answers, json_body, model_schemas, report_schemas

if TYPE_CHECKING:
    from spacy.language import Language

_ONE: TypeAdapter[Text | Html] = TypeAdapter(Text | Html)
_BATCH: TypeAdapter[Batch] = TypeAdapter(Batch)
_FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
_FIGURES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Figures in Prometheus' text format.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server allows.

    Attributes:
        size: Bytes of one body.
        seconds: For a body to arrive, and again for its judgement.
        requests: In hand at once, judged or waiting.
    """

    size: int = 2_000_000
    seconds: float = 30.0
    requests: int = 16


def make_app(nlp: Language, token: str = "", limits: Limits = Limits(), *, local: bool = True) -> FastAPI:
    """The application that answers ``claimcheck serve``.

    Args:
        nlp: As :func:`claimcheck.pipeline.run.load` gives it.
        token: What clients must send; empty lets everybody in.
        limits: On size, time and concurrency.
        local: Answer to the names of this machine only.
    """
    bench = Bench(nlp, limits.requests, limits.seconds)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        bench.close()

    app = FastAPI(
        title="claimcheck", version=__version__, summary="Judges the health claims in a text by the evidence.",
        docs_url=None, redoc_url=None, lifespan=lifespan,
    )  # fmt: skip
    app.include_router(_routes(bench, metrics, token))

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Whether the server is up, and which pipeline judges."""
        return {"status": "ok", "pipeline": f"{nlp.meta['lang']}_{nlp.meta['name']}"}

    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    app.add_middleware(SizeLimit, most=limits.size)
    if local:
        app.add_middleware(LocalHosts)
    app.add_middleware(Measured, metrics=metrics)
    return app


def _routes(bench: Bench, metrics: Metrics, token: str) -> APIRouter:
    router = APIRouter(dependencies=token_guard(token), responses=answers(*((401,) if token else ())))
    told = answers(400, 408, 413, 415, 422, 503, 504)
    both = {"application/json": json_body("Text", "Html"), "multipart/form-data": {"schema": _FILE}}
    lists = {"application/json": json_body("Batch")}

    @router.post("/v1/scan", responses=told, openapi_extra=_body(both))
    async def scan(request: Request) -> Response:
        """Judge one text, page or file. What cannot be read stands in the report as ``unread``."""
        kind = _kind(request, *both)
        if kind == "application/json":
            sent = _parsed(_ONE, await _in_time(request.body(), bench.seconds))
            return await _judged(bench, metrics, lambda: [read_sent(sent)])
        data, name = await _file(request, bench.seconds)
        return await _judged(bench, metrics, lambda: [read_upload(data, name, PurePath(name).suffix.lower())])

    @router.post("/v1/scan/batch", responses=told, openapi_extra=_body(lists))
    async def batch(request: Request) -> Response:
        """Judge several texts and pages into one report, in the order they came."""
        _kind(request, *lists)
        sent = _parsed(_BATCH, await _in_time(request.body(), bench.seconds))
        return await _judged(bench, metrics, lambda: map(read_sent, sent.documents))

    @router.get("/metrics", responses=_FIGURES, response_class=Response)
    async def measured() -> Response:
        """What the server did."""
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router


async def _judged(bench: Bench, metrics: Metrics, read: Reader) -> JSONResponse:
    try:
        report = await bench.scan(read)
    except BusyError:
        raise HTTPException(503, "Too many requests are in hand. Ask again.", {"Retry-After": "1"}) from None
    except SlowError:
        raise HTTPException(504, f"Not judged within {bench.seconds:g} seconds. Send less at once.") from None
    metrics.judged(report)
    return JSONResponse(to_dict(report))


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": content}}


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document with the schemas that the routes refer to."""
    if not app.openapi_schema:
        document = FastAPI.openapi(app)
        known = document.setdefault("components", {}).setdefault("schemas", {})
        known |= {"Problem": PROBLEM, **model_schemas(Text, Html, Batch), **report_schemas()}
    return app.openapi_schema or {}


def _kind(request: Request, *allowed: str) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in allowed:
        raise HTTPException(415, f"Send {' or '.join(allowed)}.")
    return kind


async def _in_time(coming: Any, seconds: float) -> Any:
    try:
        return await asyncio.wait_for(coming, seconds)
    except TimeoutError:
        raise HTTPException(408, f"The body did not arrive within {seconds:g} seconds.") from None


async def _file(request: Request, seconds: float) -> tuple[bytes, str]:
    """Bytes and name of the part ``file``."""
    form = await _in_time(request.form(max_files=1, max_fields=8), seconds)
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(422, "The form has no file named `file`.")
        return await file.read(), file.filename or "file"
    finally:
        await form.close()


def _parsed(model: TypeAdapter[Any], body: bytes) -> Any:
    try:
        return model.validate_json(body)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False, include_context=False)
        told = "; ".join(f"{'.'.join(map(str, p['loc'])) or 'body'}: {p['msg']}" for p in problems[:4])
        raise HTTPException(422, f"{told}. See /openapi.json.") from None
