// Looks words up in the site's index and shows the pages that have them, each with the sentence that has most of them. Only the search
// page loads it. The index and its form are made by the program (src/search/), which folds words in the same way.
(() => {
  const box = document.querySelector("[data-root]");
  const input = document.querySelector("main [name=q]");
  if (!box || !input) return;
  const say = box.dataset;
  const root = new URL(say.root, location);
  const [status, list, more] = ["p", "ol", "button"].map((name) => box.querySelector(name));
  const AT_ONCE = 8, LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ" };
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3041-\\u30ff\\u3400-\\u9fff\\u{20000}-\\u{2fa1f}";
  const PIECE = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu"), RUN = new RegExp(`^[${UNSPACED}]`, "u");
  const BLOCKS = "p,li,dd,td,th,h2,h3,figcaption,summary,div";

  // Words as they are looked up.
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\xad\u200b-\u200d\u2060\u0640]/gu, "").toLowerCase()
    .replace(/\p{M}/gu, "").replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? letter);
  const words = (text) => (fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) ?? []).flatMap((word) => word.match(PIECE))
    .flatMap((word) => {
      const letters = [...word];
      if (!RUN.test(word)) return /^[a-z]$/.test(word) ? [] : [word];
      return letters.length < 3 ? [word] : letters.slice(1).map((letter, at) => letters[at] + letter);
    });

  const spaced = (text) => ` ${words(text).join(" ")} `;

  // Files, each fetched once.
  const fetched = new Map();
  const get = (name, kind) => {
    if (!fetched.has(name)) {
      fetched.set(name, fetch(new URL(name, root)).then((it) => it[kind]()));
      fetched.get(name).catch(() => fetched.delete(name));
    }
    return fetched.get(name);
  };
  const data = (part) => part.data ?? get(part.file, "json");
  const partOf = (parts, number) => parts.findLast((part) => part.base <= number);

  // A part's words with the numbers of their stems.
  const read = async (part) => {
    let before = [], next = part.base;
    return part.read ??= (await data(part)).split(" ").map((entry) => {
      const [rest, back] = entry.split(":");
      before = [...before.slice(0, parseInt(rest[0], 36)), ...rest.slice(1)];
      return [before.join(""), back ? next - parseInt(back, 36) : next++];
    });
  };

  // How many letters are missing, too many, wrong or exchanged; of words of very different lengths that is not worth counting.
  const distance = (a, b) => {
    if (Math.abs(a.length - b.length) > 3) return 9;
    let older, old = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      [older, old] = [old, row];
    }
    return old[b.length];
  };

  // The stems that a word may mean: its own, else those of words that begin with it, that differ by a slip or by their endings.
  const lookUp = async ({ words: parts }, word, strays) => {
    const near = [];
    for (const first of word[3] ? new Set([word, word[1] + word[0], word.slice(1)]) : [word]) {
      const start = [...first].slice(0, 2).join("");
      const there = parts.filter((part, at) => part.from.slice(0, start.length) <= start && !(parts[at + 1]?.from.slice(0, 2) <= start));
      const all = (await Promise.all(there.slice(-3).map(read))).flat();
      const pick = (of, worth) => ({ worth, stems: new Set(of.map((it) => it[1])), shown: of[0][0], all });
      const own = all.filter((it) => it[0] === word);
      if (own.length) return pick(own, 1);
      const longer = word[1] || RUN.test(word) ? all.filter((it) => it[0].startsWith(word)).slice(0, 60) : [];
      if (longer.length) return pick(longer, 0.8);
      const slips = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
      for (const it of all) {
        let same = 0;
        while (same < word.length && it[0][same] === word[same]) same++;
        const ends = same > 3 && Math.max(word.length, it[0].length) < same + 4;
        const far = distance(word, it[0]);
        // Of words as far away, one with the same beginning is more likely to be meant.
        const cost = Math.min(far > slips ? 9 : far - same / 64, ends ? 1 + 1 / same : 9);
        if (cost < 9) near.push([cost, it]);
        else if (far < 4 && far < word.length / 2) strays.push([far, it[0]]);
      }
      if (near.length) {
        const least = Math.min(...near.map((it) => it[0]));
        return pick(near.filter((it) => it[0] === least).map((it) => it[1]), 0.6);
      }
    }
  };

  // Pages in order: those with all words first, among them those that are worth most.
  const rank = async (query) => {
    const first = await get("search/index.json", "json");
    const strays = [];
    const asked = await Promise.all([...new Set(query)].slice(0, 12).map((word) => lookUp(first, word, strays)));
    const pages = new Map(), forms = new Set();
    let needed = 0;
    const known = asked.filter(Boolean);
    for (const one of known) {
      const best = new Map();
      let rare = true;
      await Promise.all([...one.stems].map(async (stem) => {
        const part = partOf(first.postings, stem);
        const text = (await data(part))[stem - part.base];
        const [named, count] = text.split("!").reverse();
        const found = [...named.matchAll(/([\da-z]*)([A-Z])/g)];
        const n = 0.5 + (count ? parseInt(count, 36) : found.length), weight = one.worth * Math.log(1 + (first.pages + 1 - n) / n);
        let page = -1;
        if (count) rare = false;
        for (const [, step, letter] of found) {
          page += parseInt(step || 1, 36);
          best.set(page, Math.max(best.get(page) ?? 0, weight * (letter.charCodeAt() - 64)));
        }
      }));
      for (const [word, stem] of one.all) if (one.stems.has(stem)) forms.add(word);
      needed += rare;
      for (const [page, worth] of best) {
        const sum = pages.get(page) ?? [0, 0];
        pages.set(page, [sum[0] + rare, sum[1] + worth]);
      }
    }
    let order = [...pages].sort(([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || a - b);
    if (needed && order[0]?.[1][0] === needed && known.length === asked.length) order = order.filter((it) => it[1][0] === needed);
    const records = async (from, to) => Promise.all(order.slice(from, to).map(async ([page]) => {
      const part = partOf(first.records, page);
      return (await data(part))[page - part.base];
    }));
    const shown = known.some((one) => one.worth < 0.7) ? known.map((one) => one.shown).join(" ") : "";
    return { count: order.length, records, forms, shown, near: [...new Set(strays.sort((a, b) => a[0] - b[0]).map((it) => it[1]))].slice(0, 3) };
  };

  // The sentence of a page that has most of the words, and whether the page has the very phrase.
  const quote = async ([url], forms, phrase) => {
    const page = new DOMParser().parseFromString(await get(url, "text"), "text/html").querySelector("main");
    page.querySelectorAll("nav,form,script,style,noscript,button,h1,sup,[hidden],[data-unsearched],.on-paper").forEach((it) => it.remove());
    let best = { hits: 0 }, whole = "";
    for (const block of page.querySelectorAll(BLOCKS)) {
      if (block.querySelector(BLOCKS)) continue;
      whole += spaced(block.textContent);
      for (const text of block.textContent.trim().replace(/\s+/g, " ").split(/(?<=[.!?…。؟])\s+/)) {
        const own = words(text);
        const hits = new Set(own.filter((word) => forms.has(word))).size + 9 * spaced(text).includes(phrase);
        // A word or two, such as a topic's name, say nothing of the page.
        if (hits > best.hits && own[3]) best = { hits, text };
      }
    }
    return { ...best, exact: whole.includes(phrase) };
  };

  const make = (name, className, ...inside) => {
    const element = Object.assign(document.createElement(name), { className });
    element.append(...inside);
    return element;
  };

  // A text with its words marked; a long one cut around the first of them.
  const marked = (text, forms) => {
    const isHit = (word) => words(word).some((part) => forms.has(part));
    let pieces = text.split(/([\p{Alphabetic}\p{N}\p{M}\xad]+)/u);
    if (text.length > 240) {
      const first = Math.max(0, pieces.findIndex(isHit) - 16);
      pieces = [first ? "… " : "", ...pieces.slice(first, first + 70), pieces[first + 70] ? " …" : ""];
    }
    return pieces.map((piece) => isHit(piece) ? make("mark", "", piece) : piece);
  };
  const link = (href, text) => Object.assign(make("a", "", ...text), { href });

  let turn = 0;
  const show = async (query) => {
    const mine = ++turn;
    const over = () => mine !== turn;
    const address = new URL(location);
    address.search = query && `?q=${encodeURIComponent(query)}`;
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    const asked = words(query), phrase = spaced(query);
    if (!asked.length) {
      status.textContent = "";
      list.replaceChildren();
      more.hidden = true;
      return;
    }
    try {
      const found = await rank(asked);
      let from = 0, ready = [];
      const next = async () => {
        if (!ready.length) {
          // Of some words in a row, more pages are looked at than shown at once: the phrase may be on one of them.
          const records = await found.records(from, from + (asked[1] && !from ? 12 : AT_ONCE));
          ready = await Promise.all(records.map(async (it) => [it, await quote(it, found.forms, phrase).catch(() => ({}))]));
          const fits = ([[, title], { exact }]) => 2 * spaced(title).includes(phrase) + !!exact;
          if (!from) ready.sort((a, b) => fits(b) - fits(a));
        }
        if (over()) return;
        const rows = ready.splice(0, AT_ONCE).map(([[url, title, kind], { text }]) => make("li", "",
          make("h2", "", link(new URL(url, root).href, marked(title, found.forms))),
          make("p", "kind", say.kinds.split("|")[kind]), ...(text ? [make("p", "excerpt", ...marked(text, found.forms))] : [])));
        if (!from) list.replaceChildren();
        list.append(...rows);
        if (from) rows[0].querySelector("a").focus();
        from += rows.length;
        more.hidden = from >= found.count;
      };
      await next();
      if (over()) return;
      more.onclick = next;
      const values = { n: found.count, asked: query.trim(), found: found.shown };
      status.replaceChildren((!found.count ? say.none : found.shown ? say.instead : say.found).replace(/\{(\w+)\}/g, (all, name) => values[name]));
      if (!found.count && !found.near.length) status.append(` ${say.advice}`);
      else if (!found.count) {
        status.append(` ${say.meant} `, ...found.near.flatMap((word, at) => [at ? ", " : "", link(`?q=${encodeURIComponent(word)}`, [word])]));
      }
    } catch {
      if (!over()) status.textContent = say.fault;
    }
  };

  let pause;
  const soon = (time) => { clearTimeout(pause); pause = setTimeout(() => show(input.value), time); };
  input.addEventListener("input", () => soon(200));
  input.form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
  document.querySelector("main").addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    const to = stops[{ ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]];
    if (to) { event.preventDefault(); to.focus(); }
    if (event.key === "Escape") { input.value = ""; input.focus(); soon(0); }
  });
  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) show(input.value);
})();
