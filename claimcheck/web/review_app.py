"""The reviewers' pages: one claim at a time, lists, conflicts, agreement."""

import secrets
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware

from claimcheck.errors import UsageError
from claimcheck.review.agreement import agreement, outliers
from claimcheck.review.decisions import LABELS, conflicts, lines, standing
from claimcheck.review.desk import decided, everything, missed_claim
from claimcheck.review.learned import contradicted, proposals, rule_records
from claimcheck.review.queue import Reason
from claimcheck.store.review import Filter, Item, ReviewStore, Say
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict
from claimcheck.web.guards import LocalHosts, SizeLimit
from claimcheck.web.pages import STATIC, context, page
from claimcheck.web.sessions import Door, LoginError, Person, SafeHeaders, check_csrf, csrf

_BODY_MAX = 200_000
_CHOICES: dict[str, list[Any]] = {"kind": list(ClaimKind), "strength": list(Strength), "grade": list(Grade)}
_Safe = [Depends(check_csrf)]


def make_review_app(store: ReviewStore, *, login: bool = True, local: bool = True) -> FastAPI:
    """The application that answers ``claimcheck review serve``.

    Args:
        store: The reviewers' store.
        login: False only where the server is bound to loopback and its owner asked for it.
        local: Answer to the names of this machine only.
    """
    door = Door(store, login=login)
    app = FastAPI(title="claimcheck review", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (
        _entrance(door),
        _work(store, door),
        _marking(store, door),
        _overview(store, door),
        _judgement(store, door),
    ):
        app.include_router(router)

    @app.exception_handler(LoginError)
    def to_login(request: Request, _: Exception) -> Response:
        return RedirectResponse("/login", 303)

    @app.exception_handler(UsageError)
    def wrong(request: Request, error: Exception) -> Response:
        return PlainTextResponse(str(error), 422)

    app.add_middleware(SizeLimit, most=_BODY_MAX)
    # With accounts a session outlives a restart; without them anybody could make up the key.
    key = store.secret() if login else secrets.token_hex()
    app.add_middleware(SessionMiddleware, secret_key=key, same_site="strict", max_age=12 * 3600)
    app.add_middleware(SafeHeaders)
    if local:
        app.add_middleware(LocalHosts)
    return app


def _entrance(door: Door) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)

    @router.get("/")
    def root() -> Response:
        return RedirectResponse("/review", 303)

    @router.get("/login")
    def login(request: Request) -> Response:
        return page("login.html", csrf=csrf(request))

    @router.post("/login", dependencies=_Safe)
    def enter(request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
        if door.enter(request, name, password):
            return RedirectResponse("/review", 303)
        return page("login.html", 401, csrf=csrf(request), problem="Name or password is wrong.")

    @router.post("/logout", dependencies=_Safe)
    def leave(request: Request) -> Response:
        request.session.clear()
        return RedirectResponse("/login", 303)

    return router


def _work(store: ReviewStore, door: Door) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)
    Who = Annotated[Person, Depends(door.person)]  # noqa: N806 - a type

    def show(request: Request, who: Person, item: Item | None, said: str = "") -> Response:
        done, count = store.progress()
        shown: dict[str, Any] = {
            "item": item,
            "said": said,
            "done": done,
            "count": count,
            "choices": _CHOICES,
            "reasons": _named,
        }
        if item:
            shown |= context(item) | {"alike": len(store.alike(item.id)), "request_id": secrets.token_urlsafe(12)}
        # A page that only wants the next claim gets no more than that.
        name = "claim.html" if request.headers.get("x-part") else "review.html"
        return page(name, csrf=csrf(request), who=who, **shown)

    @router.get("/review")
    def review(request: Request, who: Who, after: int = 0) -> Response:
        return show(request, who, store.next(who.name, after))

    @router.get("/claims/{number}")
    def claim(request: Request, who: Who, number: int) -> Response:
        return show(request, who, _there(store.item(number)))

    @router.post("/claims/{number}/decision", dependencies=_Safe)
    def decide(
        request: Request,
        who: Who,
        number: int,
        label: Annotated[str, Form()],
        request_id: Annotated[str, Form(max_length=64)],
        note: Annotated[str, Form(max_length=5000)] = "",
        kind: Annotated[str, Form()] = "",
        strength: Annotated[str, Form()] = "",
        grade: Annotated[str, Form()] = "",
        subject: Annotated[str, Form(max_length=200)] = "",
        effect: Annotated[str, Form(max_length=200)] = "",
        words: Annotated[str, Form(max_length=2000)] = "",
        all_alike: Annotated[bool, Form()] = False,
    ) -> Response:
        item = _there(store.item(number))
        _allowed({"label": label, "kind": kind, "strength": strength, "grade": grade})
        given = {"kind": kind, "strength": strength, "grade": grade, "subject": subject, "effect": effect}
        fields: dict[str, Any] = {
            name: value for name, value in given.items() if value and value != item.claim.get(name)
        }
        fields |= _span(item, words)
        numbers = store.alike(number) if all_alike else [number]
        # Each claim of a bulk decision has a request of its own, made from the one that was sent.
        sayings = [Say(n, who.name, label, f"{request_id}.{n}", fields, note) for n in numbers]
        store.say(*sayings)
        if not request.headers.get("x-part"):
            return RedirectResponse("/review", 303)
        said = f"Saved: {label}" + (f", {len(numbers)} claims." if len(numbers) > 1 else ".")
        return show(request, who, store.next(who.name), said)

    @router.post("/undo", dependencies=_Safe)
    def undo(request: Request, who: Who, request_id: Annotated[str, Form(max_length=64)]) -> Response:
        last = store.last(who.name)
        if last is None:
            return show(request, who, store.next(who.name), "Nothing to take back.")
        store.say(Say(last[1], who.name, "", f"{request_id}.undo", undoes=last[0]))
        if not request.headers.get("x-part"):
            return RedirectResponse(f"/claims/{last[1]}", 303)
        return show(request, who, store.item(last[1]), "Taken back.")

    return router


def _marking(store: ReviewStore, door: Door) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)
    Who = Annotated[Person, Depends(door.person)]  # noqa: N806 - a type

    @router.post("/claims/{number}/missed", dependencies=_Safe)
    def missed(
        who: Who,
        number: int,
        words: Annotated[str, Form(max_length=2000)],
        label: Annotated[str, Form()],
        kind: Annotated[str, Form()],
        request_id: Annotated[str, Form(max_length=64)],
        near: Annotated[int, Form()] = 0,
    ) -> Response:
        item = _there(store.item(number))
        _allowed({"label": label, "kind": kind})
        found = missed_claim(item.text, words, near or item.claim["start"])
        if found is None:
            raise HTTPException(422, "These words stand nowhere on the page. Copy them from it.")
        made = store.add_missed(item.page, {**found, "kind": kind}, item.pipeline)
        store.say(Say(made, who.name, label, f"{request_id}.missed", {"kind": kind}))
        return RedirectResponse(f"/claims/{number}", 303)

    return router


def _overview(store: ReviewStore, door: Door) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)
    Who = Annotated[Person, Depends(door.person)]  # noqa: N806 - a type

    @router.get("/claims")
    def claims(
        request: Request, who: Who, site: str = "", kind: str = "", verdict: str = "", rule: str = "",
        reviewer: str = "", label: str = "", search: str = "", start: int = 0,
    ) -> Response:  # fmt: skip
        if (reviewer not in ("", who.name) or label) and not who.may("adjudicator"):
            reviewer = who.name  # what others said stays hidden
        what = Filter(site, kind, verdict, rule, reviewer, search, label)
        return page(
            "claims.html", csrf=csrf(request), who=who, what=what, items=store.listed(what, max(start, 0)),
            start=max(start, 0), sites=store.sites(), kinds=list(ClaimKind), verdicts=["none", *Verdict], labels=LABELS,
        )  # fmt: skip

    @router.get("/pages/{number}")
    def stored(who: Who, number: int) -> Response:
        """The whole page of a claim, as text, whatever is in it."""
        return PlainTextResponse(_there(store.item(number)).text)

    @router.get("/agreement")
    def agreed(request: Request, who: Who) -> Response:
        made = decided(store)
        return page(
            "agreement.html", csrf=csrf(request), who=who, figures=agreement(made), outliers=outliers(made),
            rules=rule_records(made), entries=contradicted(made), proposals=proposals(made),
        )  # fmt: skip

    @router.get("/export")
    def export(who: Who) -> Response:
        if not who.may("adjudicator"):
            raise HTTPException(403, "Only adjudicators and admins export decisions.")
        text = "".join(line + "\n" for line in lines(*everything(store)))
        name = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
        return PlainTextResponse(text, headers=name, media_type="application/jsonl")

    return router


def _judgement(store: ReviewStore, door: Door) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)
    Who = Annotated[Person, Depends(door.person)]  # noqa: N806 - a type

    def adjudicator(who: Who) -> Person:
        if not who.may("adjudicator"):
            raise HTTPException(403, "Only adjudicators and admins settle conflicts.")
        return who

    Judge = Annotated[Person, Depends(adjudicator)]  # noqa: N806 - a type

    @router.get("/conflicts")
    def open_conflicts(request: Request, who: Judge) -> Response:
        numbers = {
            (row["page"], row["claim"]["start"], row["claim"]["end"]): row["item"] for row in store.all_decisions()
        }
        found = [(numbers[views[0].key], views) for views in conflicts(decided(store))]
        return page("conflicts.html", csrf=csrf(request), who=who, conflicts=found)

    @router.get("/conflicts/{number}")
    def conflict(request: Request, who: Judge, number: int) -> Response:
        item = _there(store.item(number))
        views = [view for views in standing(decided(store)).values() for view in views if view.key == _key(item)]
        return page(
            "conflict.html", csrf=csrf(request), who=who, item=item, views=views, request_id=secrets.token_urlsafe(12),
            **context(item),
        )  # fmt: skip

    @router.post("/conflicts/{number}", dependencies=_Safe)
    def settle(
        who: Judge,
        number: int,
        label: Annotated[str, Form()],
        request_id: Annotated[str, Form(max_length=64)],
        note: Annotated[str, Form(max_length=5000)] = "",
    ) -> Response:
        _allowed({"label": label})
        store.say(Say(number, who.name, label, f"{request_id}.settle", note=note, adjudicates=True))
        return RedirectResponse("/conflicts", 303)

    return router


def _there(item: Item | None) -> Item:
    if item is None:
        raise HTTPException(404, "There is no such claim.")
    return item


def _key(item: Item) -> tuple[str, int, int]:
    return item.page, item.claim["start"], item.claim["end"]


def _named(names: Iterable[str]) -> list[tuple[str, str]]:
    """Reasons with their meaning, as far as they have one."""
    known = {str(reason): reason.meaning for reason in Reason}
    return [(name, known.get(name, "")) for name in names]


def _allowed(given: dict[str, str]) -> None:
    for name, value in given.items():
        words = LABELS if name == "label" else ("", *map(str, _CHOICES[name]))
        if value not in words:
            raise HTTPException(422, f"{name} {value!r} is none. Use one of: {', '.join(filter(None, words))}.")


def _span(item: Item, words: str) -> dict[str, int]:
    """A corrected span, by its words next to where the claim stood."""
    if not words or words == item.claim["quote"]:
        return {}
    found = missed_claim(item.text, words, item.claim["start"])
    if found is None:
        raise HTTPException(422, "The corrected words stand nowhere on the page. Copy them from it.")
    return {"start": found["start"], "end": found["end"]}
