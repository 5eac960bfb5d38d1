"""Reads Atom feeds as a news reader does, by the feedparser library, and holds them to what a reader needs.

    python3 check.py FEED…
"""

import re
import sys

import feedparser

# What a reader must never be handed: it would be dropped at best.
UNWANTED = re.compile(r"<(script|style|iframe|form|input|button|object|embed)\b| id=| on\w+=|\ue000|\ue001|\ue002", re.I)
ADDRESS = re.compile(r'(?:href|src)="([^"]*)"')


def check(path):
    faults = []
    feed = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        faults.append(f"is not well formed: {feed.bozo_exception}")
    if feed.version != "atom10":
        faults.append(f"is {feed.version or 'no feed'}")
    for name in ["id", "title", "updated"]:
        if not feed.feed.get(name):
            faults.append(f"has no {name}")
    if not any(link.rel == "self" for link in feed.feed.get("links", [])):
        faults.append("does not say where it stands itself")
    if not feed.entries:
        faults.append("has no entries")
    if len({entry.get("id") for entry in feed.entries}) != len(feed.entries):
        faults.append("has entries of the same id")
    for entry in feed.entries:
        say = lambda fault: faults.append(f"{entry.get('link')}: {fault}")
        for name in ["id", "title", "link", "author", "summary", "published_parsed", "updated_parsed"]:
            if not entry.get(name):
                say(f"has no {name}")
        content = "".join(part.value for part in entry.get("content", []) if part.type == "text/html")
        words = len(re.sub(r"<[^>]*>", " ", content).split())
        if words < 3 * len(entry.get("summary", "").split()):
            say(f"has {words} words of text")
        for found in UNWANTED.finditer(content):
            say(f"holds {found.group(0)!r}")
        for address in ADDRESS.findall(content):
            if not address.startswith(("https://", "http://", "mailto:", "tel:", "sms:")):
                say(f"leads to {address}, which is no whole address")
    return faults, len(feed.entries)


failed = False
for path in sys.argv[1:]:
    faults, entries = check(path)
    failed = failed or bool(faults)
    for fault in faults:
        print(f"{path}: {fault}", file=sys.stderr)
    if not faults:
        print(f"{path}: {entries} articles, whole and readable")
sys.exit(1 if failed or len(sys.argv) < 2 else 0)
