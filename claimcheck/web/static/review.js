// Keys, and the next claim without loading a whole page. Everything works without this file, by the forms.
"use strict";
(() => {
  const labels = { 1: "supported", 2: "overstated", 3: "unsupported", 0: "none", u: "unsure" };
  const claim = document.getElementById("claim");
  let busy = false;

  // The history lets "back" show a claim again.
  const remember = (replace) => {
    const shown = claim.querySelector("[data-item]");
    const address = shown ? `/claims/${shown.dataset.item}` : "/review";
    history[replace ? "replaceState" : "pushState"](null, "", address);
  };

  // Scrolls the page on show, not the window.
  const centre = () => {
    const page = document.getElementById("page");
    const mark = page?.querySelector("mark");
    if (mark) page.scrollTop += mark.getBoundingClientRect().top - page.getBoundingClientRect().top - page.clientHeight / 3;
  };

  const show = (text) => {
    claim.innerHTML = text;
    claim.querySelector("#quote").focus({ preventScroll: true });
    centre();
    window.scrollTo(0, 0);
  };

  const tell = (text) => { claim.querySelector("#said").textContent = text; };

  const ask = async (address, body, replace) => {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Part": "claim" } });
      if (answer.redirected && answer.url.includes("/login")) { location.assign("/login"); return; }
      const text = await answer.text();
      if (!answer.ok) { tell(`Not saved: ${text}`); return; }
      show(text);
      if (replace !== null) remember(replace);
    } catch {
      tell("Not saved: the server does not answer. Press the key again.");
    } finally {
      busy = false;
    }
  };

  const decide = (label) => {
    const form = document.getElementById("decide");
    if (!form) return;
    if (!claim) { form.querySelector(`button[value="${label}"]`).click(); return; }
    const body = new FormData(form);
    body.set("label", label);
    ask(form.action, body, false);
  };

  const undo = () => {
    const form = document.getElementById("undo");
    if (form) ask(form.action, new FormData(form), false);
  };

  const mark = () => {
    const missed = document.getElementById("missed");
    if (!missed) return;
    const chosen = getSelection();
    const page = document.getElementById("page");
    missed.open = true;
    const words = missed.querySelector("[name=words]");
    if (chosen.rangeCount && !chosen.isCollapsed && page.contains(chosen.anchorNode)) {
      const before = chosen.getRangeAt(0).cloneRange();
      words.value = chosen.toString();
      before.selectNodeContents(page);
      before.setEnd(chosen.getRangeAt(0).startContainer, chosen.getRangeAt(0).startOffset);
      // Python counts code points, JavaScript code units.
      missed.querySelector("[name=near]").value = Number(page.dataset.first) + [...before.toString()].length;
    }
    words.focus();
  };

  const open = (id) => {
    const part = document.getElementById(id);
    if (part) { part.open = !part.open; if (part.open) part.querySelector("select, input, textarea").focus(); }
  };

  const help = () => {
    const dialog = document.getElementById("help");
    if (dialog && !dialog.open) dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const key = event.key;
    if (key in labels) decide(labels[key]);
    else if (key === "z") undo();
    else if (key === "j" && claim) ask(document.getElementById("next")?.getAttribute("href") ?? "/review", null, false);
    else if (key === "k" && claim) history.back();
    else if (key === "c") open("correct");
    else if (key === "m") mark();
    else if (key === "?") help();
    else return;
    event.preventDefault();
  });

  if (!claim) return;
  claim.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "decide" && event.submitter) { event.preventDefault(); decide(event.submitter.value); }
    if (form.id === "undo") { event.preventDefault(); undo(); }
  });
  claim.addEventListener("click", (event) => {
    if (event.target.closest("#show-help")) help();
    if (event.target.closest("#next")) { event.preventDefault(); ask(event.target.closest("#next").getAttribute("href"), null, false); }
  });
  window.addEventListener("popstate", () => ask(location.pathname, null, null));
  remember(true);
  centre();
})();
