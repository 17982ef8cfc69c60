from __future__ import annotations

import asyncio
import json
import threading
from importlib.resources import files

import jsonschema
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

import claimcheck.articles
from claimcheck.records import Article
from claimcheck.report.as_json import to_dict
from claimcheck.web.bench import Bench, BusyError, SlowError
from claimcheck.web.scan_api import Limits, make_app

BAD = "Garlic cures cancer."
SCHEMA = json.loads(files("claimcheck.report").joinpath("report.schema.json").read_text())


@pytest.fixture(scope="module")
def app(nlp):
    return make_app(nlp)


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def verdicts(answer):
    assert answer.status_code == 200, answer.text
    report = answer.json()
    jsonschema.validate(report, SCHEMA)
    return [claim["verdict"] for document in report["documents"] for claim in document["claims"]]


def test_a_text_is_judged_as_the_command_line_judges_it(client, nlp):
    answer = client.post("/v1/scan", json={"text": BAD, "source": "draft-7"})
    assert verdicts(answer) == ["unsupported"]
    article = claimcheck.articles.read_plain(BAD, "draft-7")
    assert answer.json() == json.loads(json.dumps(to_dict(claimcheck.scan([article], nlp))))


def test_a_page_is_judged_by_its_visible_copy(client):
    page = f"<html><script>Ginger cures cancer.</script><h1>Garlic</h1><p>{BAD}</p></html>"
    assert verdicts(client.post("/v1/scan", json={"html": page})) == ["unsupported"]


@pytest.mark.parametrize("name", ["copy.html", "copy.md", "copy.txt"])
def test_a_file_is_judged(client, name):
    answer = client.post("/v1/scan", files={"file": (name, BAD.encode())})
    assert verdicts(answer) == ["unsupported"]
    assert answer.json()["documents"][0]["source"] == name


def test_a_text_that_looks_like_a_page_is_read_as_text(client):
    text = f"<html> {BAD}"
    claim = client.post("/v1/scan", json={"text": text}).json()["documents"][0]["claims"][0]
    assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_a_batch_is_one_report_in_order(client):
    sent = [{"text": BAD, "source": "one"}, {"text": " ", "source": "two"}, {"html": f"<p>{BAD}", "source": "three"}]
    answer = client.post("/v1/scan/batch", json={"documents": sent})
    assert verdicts(answer) == ["unsupported", "unsupported"]
    assert [document["source"] for document in answer.json()["documents"]] == ["one", "three"]
    assert answer.json()["unread"] == [{"source": "two", "problem": "holds no text."}]


def test_what_cannot_be_read_is_told_in_the_report(client):
    answer = client.post("/v1/scan", files={"file": ("a.exe", b"\0\1\2")})
    assert answer.json()["unread"][0]["source"] == "a.exe"


@pytest.mark.parametrize(
    ("sent", "status", "part"),
    [
        ({"json": {}}, 422, "text"),
        ({"json": {"text": BAD, "html": BAD}}, 422, "html"),
        ({"json": {"text": 5}}, 422, "string"),
        ({"content": b'{"text": "\\ud800"}', "headers": {"content-type": "application/json"}}, 422, "JSON"),
        ({"content": BAD, "headers": {"content-type": "text/plain"}}, 415, "multipart/form-data"),
        ({"files": {"other": b"x"}}, 422, "file"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400, "boundary"),
    ],
)
def test_a_wrong_body_is_refused_with_a_sentence(client, sent, status, part):
    answer = client.post("/v1/scan", **sent)
    assert answer.status_code == status
    assert part in answer.json()["detail"]


def test_a_token_guards_what_is_judged_and_counted(nlp):
    with TestClient(make_app(nlp, "secret"), base_url="http://localhost") as client:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"}):
            answer = client.post("/v1/scan", json={"text": BAD}, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
        assert client.get("/metrics").status_code == 401
        assert client.get("/healthz").status_code == 200
        right = {"Authorization": "Bearer secret"}
        assert verdicts(client.post("/v1/scan", json={"text": BAD}, headers=right)) == ["unsupported"]


def test_a_body_that_is_too_large_is_refused(nlp):
    with TestClient(make_app(nlp, limits=Limits(size=100)), base_url="http://localhost") as client:
        assert client.post("/v1/scan", json={"text": "x" * 200}).status_code == 413
        assert client.post("/v1/scan", files={"file": ("a.txt", b"x" * 200)}).status_code == 413


def test_another_name_for_this_machine_is_refused(client, nlp):
    for host, status in {"localhost:1": 200, "[::1]:80": 200, "127.0.0.1": 200, "evil.example:8000": 421}.items():
        assert client.get("/healthz", headers={"host": host}).status_code == status
    with TestClient(make_app(nlp, "t", local=False), base_url="http://check.example") as elsewhere:
        assert elsewhere.get("/healthz").status_code == 200


def test_a_full_line_and_a_slow_document_are_told(nlp):
    async def crowd():
        bench = Bench(nlp, 2, 0.2)
        held = threading.Event()

        def slow():
            held.wait(5)
            yield from ()

        waiting = [asyncio.create_task(bench.scan(slow)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await bench.scan(list)
        for task in waiting:
            with pytest.raises(SlowError):
                await task
        held.set()
        for _ in range(100):
            await asyncio.sleep(0.02)
            try:
                report = await bench.scan(lambda: [Article("a", BAD)])
                break
            except (BusyError, SlowError):
                continue
        bench.close()
        return report

    assert asyncio.run(crowd()).counts()["unsupported"] == 1


def test_metrics_count_by_route_and_verdict(client):
    before = client.get("/metrics").text
    client.post("/v1/scan", json={"text": BAD})
    client.get("/no/such/page")
    after = client.get("/metrics").text

    def figure(text, name):
        return next((float(line.split()[-1]) for line in text.splitlines() if line.startswith(name)), 0.0)

    for name in (
        'claimcheck_claims_total{verdict="unsupported"}',
        'claimcheck_requests_total{path="/v1/scan",status="200"}',
        'claimcheck_requests_total{path="none",status="404"}',
    ):
        assert figure(after, name) == figure(before, name) + 1


def test_a_text_leaves_nothing_in_the_vocabulary(client, nlp):
    client.post("/v1/scan", json={"text": BAD})
    size = len(nlp.vocab.strings)
    client.post("/v1/scan", json={"text": "Flimmerquatsch wozzles the blorptitude of quuxberries."})
    assert len(nlp.vocab.strings) == size


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    ignored_auth,
]


OPERATIONS = ["POST /v1/scan", "POST /v1/scan/batch", "GET /healthz", "GET /metrics"]


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("token", ["", "secret"], ids=["open", "token"])
def test_the_api_keeps_its_own_contract(nlp, name, mode, token):
    contract = schemathesis.openapi.from_asgi("/openapi.json", make_app(nlp, token, local=False))
    operations = {f"{o.method.upper()} {o.path}": o for o in (item.ok() for item in contract.get_all_operations())}
    assert sorted(operations) == sorted(OPERATIONS)
    if mode is GenerationMode.NEGATIVE and name.startswith("GET"):
        return  # takes no input that could be wrong

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(case=operations[name].as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"} if token else {}, checks=CHECKS)

    check()
