"use strict";
// Filters, links into folded parts, and printing. Without it the page says the same.
(() => {
  const byId = (id) => document.getElementById(id);
  const claims = [...document.querySelectorAll("details.claim")];
  const documents = [...document.querySelectorAll("details.document")];
  const form = byId("filters");

  // A browser that runs scripts keeps what stands in <noscript> as plain text, so that ten thousand claims load
  // quickly; the body of a claim becomes elements when the claim is opened for the first time.
  const unpack = (claim) => {
    const packed = claim.querySelector(":scope > noscript");
    if (packed) packed.outerHTML = packed.textContent;
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches("details.claim")) unpack(event.target);
  }, true);

  const reveal = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "start" });
    (target.tagName === "DETAILS" ? target.querySelector("summary") : target).focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    claims.forEach(unpack);
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  if (!form) return;
  const marks = new Map();
  for (const link of document.querySelectorAll("mark a")) {
    const id = link.hash.slice(1);
    marks.set(id, [...(marks.get(id) || []), link.parentElement]);
  }
  const rows = new Map();
  for (const row of document.querySelectorAll("tr[data-document]")) rows.set(row.dataset.document, row);

  const apply = () => {
    const wanted = new FormData(form);
    const verdicts = new Set(wanted.getAll("verdict"));
    const kind = wanted.get("kind");
    const market = wanted.get("market");
    const sure = Number(wanted.get("sure"));
    const all = verdicts.size === 3 && !kind && !market && !sure;
    let shown = 0;
    for (const claim of claims) {
      const { dataset } = claim;
      const fits = verdicts.has(dataset.verdict) && (!kind || dataset.kind === kind)
        && (!market || dataset.markets.split(" ").includes(market)) && Number(dataset.sure) >= sure;
      claim.hidden = !fits;
      for (const mark of marks.get(claim.id) || []) mark.classList.toggle("off", !fits);
      shown += fits;
    }
    for (const one of documents) {
      const empty = !all && !one.querySelector("details.claim:not([hidden])");
      one.hidden = empty;
      const row = rows.get(one.id);
      if (row) row.hidden = empty;
    }
    form.querySelector("[type=reset]").hidden = all;
    byId("shown").textContent = `${shown.toLocaleString("en")} of ${claims.length.toLocaleString("en")} claims`;
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
