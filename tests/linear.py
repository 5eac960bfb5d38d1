#!/usr/bin/env python3
"""Whether the program's time grows as the site does: `python3 tests/linear.py PROGRAM [NAME...]`.

For each kind of thing that a site can hold many of, sites are made with more and more of it. The processor time of a build
is measured, that of an empty site taken off, and the exponent fitted over the largest sizes: 1 is linear, 2 is quadratic.
Above MOST the run fails. Exits 0 where everything is below.
"""
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile

# The largest exponent. Sorting and larger tables (which no longer fit the processor's caches) cost a few hundredths.
MOST = 1.15
# A measured build takes at least this many seconds more than an empty site's, or it measures noise.
ENOUGH = 0.25
# No build is waited for longer than this.
LONGEST = 60.0
# A single text or data file is refused above 16 MiB.
LARGEST_FILE = 12 * 1024 * 1024

PRACTICE = """\
name: Quiet Harbour
description: A practice for measuring.
language: en
kind: coaching
jurisdictions: [US-OR]
base_url: https://quiet-harbour.example
email: hello@quiet-harbour.example
currency: USD
"""


def page(text, front=""):
    return {"content/a.md": f"---\ntitle: A\n{front}---\n{text}\n"}


def article(number, front="", text="Words about rest.\n"):
    facts = f"title: Article {number}\nsummary: About rest and work, number {number}.\nauthor: {{ name: Jo }}\ndate: 2026-01-01\n"
    return {f"content/resources/article-{number}.md": f"---\n{facts}{front}---\n{text}"}


def many(number, make):
    files = {}
    for at in range(number):
        files.update(make(at))
    return files


def on_lines(piece, number, a_line=200):
    """A piece repeated, with a line's end now and then: a line of more than 100,000 bytes is refused."""
    whole, rest = divmod(number, a_line)
    return (piece * a_line + "\n") * whole + piece * rest


def in_blocks(front):
    """Front matter ends at 64 KiB: what is beyond is spread over pages of the largest size."""
    def make(number):
        files, at, each = {}, 0, 1200
        while at < number:
            lines = "".join(front(entry) for entry in range(at, min(at + each, number)))
            files[f"content/p{at}.md"] = f"---\ntitle: A {at}\n{lines}---\nText.\n"
            at += each
        return files
    return make


def lists(depth):
    def make(number):
        item = "".join("  " * level + "- a\n" for level in range(depth))
        return page((item + "\n") * number)
    return make


def bib(entry):
    return lambda number: {"content/references.bib": "".join(entry(at) for at in range(number)),
                           **page("Text [@w0].")}


# name: what makes the files of a site with so many of it.
KINDS = {
    "equal headings": lambda n: page("## The same\n\nText.\n\n" * n),
    "different headings": lambda n: page("".join(f"## Heading {at}\n\nText.\n\n" for at in range(n))),
    "equal ids of headings": lambda n: page("## The same {#same}\n\nText.\n\n" * n),
    ".bib entries": bib(lambda at: f"@book{{w{at}, title = {{Book {at}}}, author = {{Ana Lopez}}, date = {{2020}}}}\n"),
    ".bib entries of one key": bib(lambda at: f"@book{{w0, title = {{Book {at}}}, author = {{Ana Lopez}}, date = {{2020}}}}\n"),
    ".bib entries with faults": bib(lambda at: f"@book{{w{at}, title = {{Book {at}}}, author = {{Ana Lopez}}, date = {{when}}}}\n"),
    ".bib entries that do not end": bib(lambda at: f"@book{{w{at}, title = {{Book {at}\n"),
    ".bib strings": lambda n: {"content/references.bib": "".join(f"@string{{s{at} = {{Press {at}}}}}\n" for at in range(n))
                               + "@book{w0, title = s0, author = {Ana Lopez}, date = {2020}}\n", **page("Text [@w0].")},
    "references.yaml entries": lambda n: {"content/references.yaml": "".join(
        f"w{at}:\n  type: Book\n  title: Book {at}\n  author: Lopez, Ana\n  date: 2020\n" for at in range(n)),
        **page("Text [@w0].")},
    "works cited in one text": lambda n: {**page("".join(f"Text [@w{at}].\n\n" for at in range(n))),
        "content/references.bib": "".join(f"@book{{w{at}, title = {{Book {at}}}, author = {{Ana L{at}}}, date = {{2020}}}}\n" for at in range(n))},
    "citations of nothing": lambda n: page("Text [@nothing].\n\n" * n),
    "left-over markup": lambda n: page("A **bold word that is none.\n\n" * n),
    "left-over commands": lambda n: page("Text [gallery ids=1] and {{< figure >}} here.\n\n" * n),
    "left-over links": lambda n: page("Text [a link] (https://a.example) here.\n\n" * n),
    "footnotes": lambda n: page("".join(f"Text.[^n{at}]\n\n" for at in range(n)) + "".join(f"[^n{at}]: Note.\n\n" for at in range(n))),
    "footnotes that are missing": lambda n: page("".join(f"Text.[^n{at}]\n\n" for at in range(n))),
    "footnotes of one name": lambda n: page("Text.[^n]\n\n" + "[^n]: Note.\n\n" * n),
    "footnotes that nobody mentions": lambda n: page("".join(f"[^n{at}]: Note.\n\n" for at in range(n))),
    "mentions of one footnote": lambda n: page("Text.[^n]\n\n" * n + "[^n]: Note.\n"),
    "unclosed tags": lambda n: page(on_lines("<b>a ", n)),
    "unclosed blocks of HTML": lambda n: page("<div>\n\n" * n),
    "closing tags alone": lambda n: page(on_lines("a</b> ", n)),
    "tags without an end": lambda n: page(on_lines("<a ", n)),
    "comments without an end": lambda n: page(on_lines("a <!-- b ", n)),
    "comments": lambda n: page("Text <!-- note --> here.\n\n" * n),
    "nested callouts": lambda n: page("::: callout One\n" * 4 + ("::: callout Two\nText.\n:::\n\n") * n + ":::\n" * 4),
    "unclosed callouts": lambda n: page("::: callout One\nText.\n\n" * n),
    "callouts": lambda n: page("::: callout One\nText.\n:::\n\n" * n),
    "ends of no callout": lambda n: page("Text.\n\n:::\n\n" * n),
    "unknown directives": lambda n: page("::: calout One\n\n" * n),
    "links": lambda n: page("[Home](/) and [there](https://other.example/).\n\n" * n),
    "links to headings": lambda n: page("".join(f"## Heading {at}\n\n[There](#heading-{at}).\n\n" for at in range(n))),
    "links to nowhere": lambda n: page("[Nowhere](/nowhere/).\n\n" * n),
    "link definitions": lambda n: page("".join(f"[Text][d{at}].\n\n[d{at}]: /\n\n" for at in range(n))),
    "links with spaces": lambda n: page("[Text](/a b c).\n\n" * n),
    "bare addresses": lambda n: page("See <https://other.example/> there.\n\n" * n),
    "pictures that are missing": lambda n: page("![A lake](/images/lake.jpg)\n\n" * n),
    "table rows": lambda n: page("| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * n),
    "tables": lambda n: page("| a | b |\n| - | - |\n| 1 | 2 |\n\n" * n),
    "table columns": lambda n: page("\n\n".join(("| a " * 400 + "|\n" + "| - " * 400 + "|\n" + "| 1 " * 400 + "|\n") for _ in range(n // 400 + 1))),
    "lists of ten levels": lists(10),
    "list entries": lambda n: page("- One thing.\n" * n),
    "list entries of one level more each": lambda n: page("".join("  " * (at % 60) + "- a\n" for at in range(n))),
    "numbered entries": lambda n: page("1. One thing.\n" * n),
    "quotations in one another": lambda n: page(("> " * 40 + "a\n\n") * n),
    "code blocks": lambda n: page("```\ncode\n```\n\n" * n),
    "unclosed code": lambda n: page(on_lines("a ` b `` c ", n)),
    "paragraphs": lambda n: page("A sentence of plain words about rest and about work.\n\n" * n),
    "lines of one paragraph": lambda n: page("A sentence of plain words about rest and about work.\n" * n),
    "words on one line": lambda n: page(("word " * 8000 + "\n\n") * (n // 8000 + 1)),
    "unclosed brackets": lambda n: page(on_lines("[a ", n)),
    "unclosed round brackets": lambda n: page(on_lines("[a](b ", n)),
    "closing brackets": lambda n: page(on_lines("a] ", n)),
    "unclosed quotation marks": lambda n: page(on_lines("\"a ", n)),
    "unclosed single marks": lambda n: page(on_lines("'a ", n)),
    "quotation marks": lambda n: page(on_lines("\"a\" ", n)),
    "unclosed emphasis": lambda n: page(on_lines("*a ", n)),
    "unclosed strong emphasis": lambda n: page(on_lines("**a ", n)),
    "emphasis of both kinds": lambda n: page(on_lines("*a _b ", n)),
    "entities": lambda n: page(on_lines("&amp; &#x1F600; ", n)),
    "unclosed citations": lambda n: page(on_lines("[@a ", n)),
    "unclosed comments of commands": lambda n: page(on_lines("{{ a {% b ", n)),
    "front-matter entries": in_blocks(lambda at: f"unknown_{at}: value\n"),
    "front-matter entries of one name": in_blocks(lambda at: "title: value\n"),
    "front-matter list entries": lambda n: {f"content/services/s{at}.md": "---\ntitle: S\nsummary: A service for rest.\nfaqs:\n"
        + "".join(f"  - question: Why {entry}?\n    answer: Because.\n" for entry in range(800)) + "---\nText.\n" for at in range(n // 800 + 1)},
    "entries of practice.yaml": lambda n: {"content/practice.yaml": PRACTICE + "".join(f"unknown_{at}: value\n" for at in range(n))},
    "equal entries of practice.yaml": lambda n: {"content/practice.yaml": PRACTICE + "".join(f"unknown_{at}: value\n" for at in range(n)) + f"unknown_{n - 1}: value\n"},
    "locations of practice.yaml": lambda n: {"content/practice.yaml": PRACTICE + "locations:\n" + "".join(f"  - name: Room {at}\n    street: {at} High Street\n    city: Salem\n" for at in range(n))},
    "social links of practice.yaml": lambda n: {"content/practice.yaml": PRACTICE + "theme:\n  settings:\n" + "".join(f"    no-setting-{at}: a\n" for at in range(n))},
    "articles in one topic": lambda n: many(n, lambda at: article(at, "topics: [rest]\n")),
    "articles": lambda n: many(n, article),
    "articles that are related": lambda n: many(n, lambda at: article(at, f"topics: [t{at % 50}, t{at % 7}]\n")),
    # Every article of one topic of its own is left out: each topic's page lists all topics, so the pages themselves grow.
    "pages": lambda n: many(n, lambda at: {f"content/p{at}.md": f"---\ntitle: Page {at}\n---\nText.\n"}),
    "pages of one title": lambda n: many(n, lambda at: {f"content/p{at}.md": "---\ntitle: Page\n---\nText.\n"}),
    "pages of one address": lambda n: many(n, lambda at: {f"content/p{at}.md": "---\ntitle: Page\naliases: [/old/]\n---\nText.\n"}),
    "folders in one another": lambda n: many(n, lambda at: {"content/" + "/".join(f"f{at}-{level}" for level in range(6)) + "/p.md": f"---\ntitle: Page {at}\n---\nText.\n"}),
    "practitioners": lambda n: many(n, lambda at: {f"content/practitioners/p{at}.md": f"---\nname: Ana {at}\nrole_title: Coach\n---\nAna listens.\n"}),
    "services": lambda n: many(n, lambda at: {f"content/services/s{at}.md": f"---\ntitle: Service {at}\nsummary: A service for rest.\n---\nText.\n"}),
    "redirects": lambda n: {"content/redirects.yaml": "".join(f"/old-{at}/: /\n" for at in range(n))},
    "redirects to nowhere": lambda n: {"content/redirects.yaml": "".join(f"/old-{at}/: /nowhere-{at}/\n" for at in range(n))},
    "redirects in a chain": lambda n: {"content/redirects.yaml": "".join(f"/old-{at}/: /old-{at + 1}/\n" for at in range(n)) + f"/old-{n}/: /\n"},
    "redirects of patterns": lambda n: {"content/redirects.yaml": "".join(f"/old-{at}/*: /\n" for at in range(n))},
    "rules of _redirects": lambda n: {"content/static/_redirects": "".join(f"/old-{at}/ / 301\n" for at in range(n))},
    "rules of _headers": lambda n: {"content/static/_headers": "".join(f"/p-{at}/\n  X-A: 1\n" for at in range(n))},
    "files that nobody names": lambda n: many(n, lambda at: {f"content/files/f{at}.txt": "a"}),
    "findings of one kind": lambda n: page("## Why\n\n#### Too deep\n\n" * n),
    "findings on one line": lambda n: page(("[Nowhere](/nowhere/) " * 3000 + "\n\n") * (n // 3000 + 1)),
    "promises": lambda n: page("We guarantee results and cure anxiety.\n\n" * n),
    "rules of a style sheet": lambda n: {"themes/linen/assets/theme.css": "".join(f".c{at} {{ color: red }}\n" for at in range(n))},
    "custom properties": lambda n: {"themes/linen/assets/theme.css": ":root {" + "".join(f"--c{at}: red;" for at in range(n)) + "}\n"},
    "blocks of a template": lambda n: {"themes/linen/templates/page.html": "{% extends \"base/page.html\" %}{% block main %}" + "{% if page.title %}a{% endif %}\n" * n + "{% endblock %}"},
    "unknown names in a template": lambda n: {"themes/linen/templates/page.html": "{% extends \"base/page.html\" %}{% block main %}" + "{% if page.titel %}a{% endif %}\n" * n + "{% endblock %}"},
}


def processor_time(program, folder):
    """Seconds of processor time that a build takes, and whether it ended in time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = os.path.join(folder, "public")
    command = [program, "build", "--site", folder, "--output", out, "--today", "2026-11-22"]
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LONGEST)
        if done.returncode not in (0, 1, 2):
            return LONGEST, f"ended with {done.returncode}"
    except subprocess.TimeoutExpired:
        return LONGEST, f"took over {LONGEST:.0f} s"
    finally:
        shutil.rmtree(out, ignore_errors=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, None


def build(program, files, times=1):
    """The least time of a few builds, and the size of the largest file."""
    with tempfile.TemporaryDirectory(prefix="linear-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        largest = 0
        for name, text in {"content/practice.yaml": PRACTICE, **files}.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            largest = max(largest, len(text))
        taken = []
        for _ in range(times):
            taken.append(processor_time(program, folder))
            if taken[-1][1]:
                return taken[-1][0], taken[-1][1], largest
        return min(time for time, _ in taken), None, largest


def slope(points):
    logs = [(math.log(size), math.log(time)) for size, time in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def exponent(program, empty, make):
    """The exponent, the measured points, and what went wrong."""
    number, points = 250, []
    while True:
        time, trouble, largest = build(program, make(number), 2 if points else 1)
        if trouble:
            return None, points + [(number, time)], trouble
        net = time - empty
        if net >= ENOUGH:
            points.append((number, net))
        if len(points) == 3:
            return slope(points), points, None
        if largest * 2 > LARGEST_FILE or number > 2_000_000:
            # So fast that the largest file takes less than can be measured: whatever grows is out of reach.
            return (slope(points) if len(points) == 2 else None), points, None if points else "too fast to measure"
        # Far from what can be measured, sizes grow faster.
        number *= 2 if points or net > ENOUGH / 5 or largest * 6 > LARGEST_FILE else 6


def main():
    program, names = sys.argv[1], sys.argv[2:]
    empty = build(program, {}, 5)[0]
    failed = []
    print(f"an empty site takes {empty:.3f} s", flush=True)
    for name, make in KINDS.items():
        if names and not any(wanted in name for wanted in names):
            continue
        found, points, trouble = exponent(program, empty, make)
        shown = ", ".join(f"{number}: {time:.2f} s" for number, time in points)
        verdict = f"{found:5.2f}" if found is not None else "    -"
        bad = (found is not None and found > MOST) or (trouble and not trouble.startswith("too fast"))
        print(f"{'FAIL' if bad else 'ok  '} {verdict}  {name}  ({shown}) {trouble or ''}".rstrip(), flush=True)
        if bad:
            failed.append(name)
    if failed:
        sys.exit(f"more than linear (above {MOST}): {', '.join(failed)}")


if __name__ == "__main__":
    main()
