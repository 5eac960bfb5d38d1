// What pages do besides being read: the switch for light and dark, notices that are over, menus that close, frames of other
// companies that are loaded once somebody asks for them.
// Everything is there without it. The choice stays on the visitor's device, under the key `scheme`.
(() => {
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const first = root.dataset.scheme;
  const show = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    root.toggleAttribute("data-dark", scheme ? scheme === "dark" : device.matches);
  };
  let kept;
  try { kept = localStorage.getItem("scheme"); } catch {}
  root.toggleAttribute("data-scripted", true);
  show(kept === "light" || kept === "dark" ? kept : first);
  device.addEventListener("change", () => show(root.dataset.scheme));
  document.addEventListener("click", (event) => {
    if (event.target.closest(".scheme")) {
      const next = root.hasAttribute("data-dark") ? "light" : "dark";
      const usual = first || (device.matches ? "dark" : "light");
      show(next === usual ? first : next);
      try {
        if (next === usual) localStorage.removeItem("scheme");
        else localStorage.setItem("scheme", next);
      } catch {}
    }
    const load = event.target.matches(".load button") && event.target.parentElement;
    if (load) {
      const frame = document.createElement("iframe");
      frame.title = load.dataset.title;
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin";
      frame.src = load.dataset.src;
      load.replaceChildren(frame);
      frame.focus();
    }
    for (const menu of document.querySelectorAll("header details[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.activeElement.closest("header details[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("DOMContentLoaded", () => {
    const now = new Date();
    const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    for (const notice of document.querySelectorAll("[data-until]")) notice.hidden = notice.dataset.until < today;
    const box = document.querySelector(".notices");
    if (box && !box.querySelector(".draft, .notice:not([hidden])")) box.hidden = true;
  });
})();
