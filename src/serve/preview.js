// The preview's part in an open page: follows the builds, merges the new page into the open one, shows what
// was found. Runs only in the preview; the published page has no trace of it.
(() => {
  "use strict";
  // The page around a frame follows the builds: a browser has six connections to a host, and the gallery a hundred frames.
  if (window.top !== window) return;
  const script = document.currentScript;
  const own = new URL(".", script.src).pathname;
  let shownBuild = script.dataset.build;
  let stream = null;
  let merging = Promise.resolve();

  // --- The new page into the open one ---

  // Scripts have run and policies hold: where they differ, only loading the page again is right. Data is no script,
  // and a policy's hashes say nothing that the scripts' own texts do not.
  const fixed = (page) => [...page.querySelectorAll("script:not([type='application/ld+json']), meta[http-equiv='Content-Security-Policy']")]
    .map((node) => node.content?.replace(/ 'sha256-[^']+'/g, "") || node.getAttribute("src") || node.textContent).join("\n");

  // New style sheets are loaded before old ones go, so that nothing is ever shown without style.
  async function loadStyles(next) {
    const have = new Set([...document.querySelectorAll("link[rel~=stylesheet]")].map((link) => link.href));
    const wait = [...next.querySelectorAll("link[rel~=stylesheet]")].map((link) => {
      const href = new URL(link.getAttribute("href"), location.href).href;
      if (have.has(href)) return null;
      const early = link.cloneNode();
      return new Promise((done) => {
        early.addEventListener("load", done);
        early.addEventListener("error", done);
        setTimeout(done, 2000);
        document.head.append(early);
      });
    });
    await Promise.all(wait);
  }

  const fields = () => [...document.querySelectorAll("input, textarea, select")];

  // What a visitor has typed or chosen, kept over a merge.
  function remember() {
    return fields().map((field) => ({ field, value: field.value, checked: field.checked,
      touched: field.tagName === "SELECT" || field.value !== field.defaultValue || field.checked !== field.defaultChecked }));
  }

  function restore(typed) {
    for (const { field, value, checked, touched } of typed) {
      if (!touched || !field.isConnected || field.type === "file") continue;
      if (field.value !== value) field.value = value;
      if (field.checked !== checked) field.checked = checked;
    }
  }

  function merge(next) {
    const typed = remember();
    const at = [scrollX, scrollY];
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) if (!next.documentElement.hasAttribute(name)) root.removeAttribute(name);
    for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
    const callbacks = {
      // An open <details> stays open.
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
    };
    const settings = { morphStyle: "outerHTML", head: { style: "morph" }, ignoreActiveValue: true, callbacks };
    Idiomorph.morph(document.head, next.head, settings);
    Idiomorph.morph(document.body, next.body, settings);
    restore(typed);
    scrollTo({ left: at[0], top: at[1], behavior: "instant" });
  }

  // The page as it is now; nothing where the preview has just ended or cannot be reached.
  async function fetchPage() {
    try {
      const response = await fetch(location.pathname + location.search, { cache: "no-store" });
      return { kind: response.headers.get("content-type") || "", text: await response.text() };
    } catch {
      return null;
    }
  }

  async function follow(state) {
    const fetched = await fetchPage();
    // To load the page again would put the browser's own error page in its place, and lose what somebody has typed.
    if (!fetched) return askAgain();
    if (!fetched.kind.startsWith("text/html")) return;
    const next = new DOMParser().parseFromString(fetched.text, "text/html");
    if (fixed(next) !== fixed(document)) return location.reload();
    await loadStyles(next);
    merge(next);
    const replaced = new Set(state.replaced);
    for (const image of document.images) {
      const url = new URL(image.src, location.href);
      if (!replaced.has(decodeURI(url.pathname))) continue;
      url.search = "?" + encodeURIComponent(state.build);
      image.src = url.href;
    }
    document.dispatchEvent(new CustomEvent("anteroom:merged", { detail: state.build }));
  }

  // --- What was found ---

  const host = document.createElement("anteroom-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; }
    section, p { position: fixed; z-index: 2147483647; font: 15px/1.5 system-ui, sans-serif; color: #1d1a16; background: #fbf8f1;
      border: 1px solid #8a8072; margin: 0; }
    section { inset: auto 0 0 0; max-height: 75vh; overflow: auto; padding: 1rem 1.25rem 1.25rem; border-width: 3px 0 0 0; border-color: #9c2f1f; }
    section.quiet { border-color: #8a6a14; }
    section.whole { inset: 0; max-height: none; border-width: 0; padding: clamp(1.25rem, 5vw, 3.5rem); }
    section.whole h2 { font-size: 1.6rem; }
    section.whole h2 + button { display: none; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { font: 600 17px/1.3 system-ui, sans-serif; margin: 0; }
    article { border-top: 1px solid #d8cfbf; margin-top: .75rem; padding-top: .75rem; }
    pre { font: 13px/1.5 ui-monospace, monospace; margin: 0; overflow-x: auto; white-space: pre; tab-size: 4; }
    a, button { font: inherit; color: #17506b; text-decoration: underline; background: none; border: 0; padding: .25rem 0; cursor: pointer; }
    a:focus-visible, button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    p { right: .75rem; bottom: .75rem; padding: .35rem .75rem; max-width: min(30rem, calc(100vw - 1.5rem)); }
    p.left { right: auto; left: .75rem; }
    p button + button, p a + button { margin-left: .75rem; }
    [hidden] { display: none; }
    @media (prefers-color-scheme: dark) {
      section, p { color: #ece5d8; background: #24211d; }
      article { border-color: #4a443a; }
      a, button { color: #9cc9e0; }
    }
    @media print { :host { display: none; } }`);
  shadow.adoptedStyleSheets = [style];
  const make = (tag, text, parent) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    parent.append(node);
    return node;
  };
  const panel = make("section", "", shadow);
  const badge = make("p", "", shadow);
  const offer = make("p", "", shadow);
  offer.className = "left";
  panel.hidden = badge.hidden = offer.hidden = true;
  panel.setAttribute("aria-label", "Preview: findings");
  panel.setAttribute("role", "region");
  badge.setAttribute("role", "status");
  offer.setAttribute("role", "status");
  const opener = make("button", "", badge);
  opener.addEventListener("click", () => open(true));

  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  // Whether the list was opened by hand; errors open it by themselves.
  let asked = false;

  function open(yes) {
    asked = yes;
    panel.hidden = !yes;
    badge.hidden = yes || !opener.textContent;
    if (yes) panel.querySelector("button").focus({ preventScroll: true });
  }

  function showFindings({ findings, leftOut, hasPages }) {
    const errors = findings.filter((finding) => finding.severity === "error");
    const warnings = findings.filter((finding) => finding.severity === "warning");
    const shown = [...errors, ...warnings];
    panel.replaceChildren();
    panel.className = !hasPages ? "whole" : errors.length ? "" : "quiet";
    const head = make("header", "", panel);
    const all = [[errors, "error"], [warnings, "warning"]].filter(([some]) => some.length).map(([some, word]) => count(some.length, word)).join(" and ");
    const title = !hasPages ? `${count(errors.length, "error")} to fix before your site appears here`
      : errors.length ? `${all} to fix; the page behind this is the last good one`
      : all;
    make("h2", title, head);
    make("button", "Close", head).addEventListener("click", () => { open(false); opener.focus(); });
    for (const finding of shown) {
      const article = make("article", "", panel);
      make("pre", finding.text, article);
      if (finding.href) make("a", `Open ${finding.place}`, article).href = finding.href;
    }
    if (leftOut) make("article", `${count(leftOut, "more finding")} ${leftOut === 1 ? "isn't" : "aren't"} shown. Fix these first.`, panel);
    opener.textContent = errors.length ? count(errors.length, "error") : warnings.length ? count(warnings.length, "warning") : "";
    if (errors.length) {
      panel.hidden = false;
      badge.hidden = true;
    } else {
      panel.hidden = !(asked && shown.length);
      badge.hidden = !panel.hidden || !opener.textContent;
    }
  }

  function showOffer(saved) {
    offer.replaceChildren();
    offer.hidden = true;
    const here = decodeURI(location.pathname);
    if (!saved.length || saved.includes(here)) return;
    make("a", saved.length === 1 ? `You saved ${saved[0]}: go there` : `You saved ${saved.length} pages: go to ${saved[0]}`, offer).href = encodeURI(saved[0]);
    make("button", "Stay here", offer).addEventListener("click", () => { offer.hidden = true; });
    offer.hidden = false;
  }

  // --- Word of new builds ---

  function receive(message) {
    const state = JSON.parse(message.data);
    showFindings(state);
    // The first message of a stream tells how things stand; those after it are news.
    const isNews = stream.told;
    stream.told = true;
    if (state.build === shownBuild) return;
    shownBuild = state.build;
    // While something is to be mended, the findings name the files.
    if (isNews) showOffer(state.findings.some((finding) => finding.severity === "error") ? [] : state.saved);
    // One after the other; whatever goes wrong, a fresh page is right.
    merging = merging.then(() => (state.build === shownBuild ? follow(state) : null)).catch(() => location.reload());
  }

  function connect() {
    if (stream) return;
    stream = new EventSource(own + "events");
    stream.addEventListener("build", receive);
    stream.addEventListener("error", () => {
      // The browser tries again by itself unless it was refused for good.
      if (stream && stream.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    });
  }

  // A browser has six connections to a host: pages that nobody sees give theirs back.
  function disconnect() {
    if (stream) stream.close();
    stream = null;
  }

  // What is shown is older than what was told: the first message of a new stream tells it once more.
  function askAgain() {
    shownBuild = null;
    disconnect();
    setTimeout(() => { if (!document.hidden) connect(); }, 500);
  }

  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", () => { if (!document.hidden) connect(); });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  document.documentElement.append(host);
  if (!document.hidden) connect();
})();
