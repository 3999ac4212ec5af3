"""Reads every feed with feedparser and every site map against the limits of sitemaps.org.

usage: feeds.py http://127.0.0.1:PORT FEED...
"""

import re
import sys
import urllib.request
import xml.etree.ElementTree as ET

import feedparser

MOST_ADDRESSES = 50_000
MOST_BYTES = 52_428_800
LONGEST_ADDRESS = 2_048
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# A date, or a moment with its offset (W3C Datetime).
LASTMOD = re.compile(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$")

wrong = []


def fetch(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def look_at_feed(address):
    """One feed is well formed, and each entry says what a reader needs."""
    feed = feedparser.parse(fetch(address))
    if feed.bozo:
        wrong.append(f"{address}: {feed.bozo_exception}")
    for field in ("title", "id", "updated"):
        if not feed.feed.get(field):
            wrong.append(f"{address}: 没有 {field}")
    for entry in feed.entries:
        for field in ("title", "id", "updated_parsed", "link"):
            if not entry.get(field):
                wrong.append(f"{address}: 条目 {entry.get('id')} 没有 {field}")
    identities = [entry.get("id") for entry in feed.entries]
    if len(identities) != len(set(identities)):
        wrong.append(f"{address}: 条目的 id 有重复")
    return len(feed.entries)


def look_at_map(address, origin):
    """One site map keeps the limits; answers the maps it names and how many addresses it holds."""
    body = fetch(address)
    if len(body) > MOST_BYTES:
        wrong.append(f"{address}: {len(body)} 字节")
    root = ET.fromstring(body)
    places = [place.text.strip() for place in root.iter(f"{SITEMAP}loc")]
    if len(places) > MOST_ADDRESSES:
        wrong.append(f"{address}: {len(places)} 个地址")
    for place in places:
        if len(place) > LONGEST_ADDRESS or not place.startswith(origin):
            wrong.append(f"{address}: 地址 {place[:120]}")
    for stamp in root.iter(f"{SITEMAP}lastmod"):
        if not LASTMOD.match(stamp.text.strip()):
            wrong.append(f"{address}: lastmod {stamp.text}")
    return (places, 0) if root.tag == f"{SITEMAP}sitemapindex" else ([], len(places))


def main():
    origin, feeds = sys.argv[1], sys.argv[2:]
    entries = sum(look_at_feed(address) for address in feeds)
    print(f"feedparser: {len(feeds)} feeds, {entries} entries, {len(wrong)} errors")
    maps, seen, addresses = [f"{origin}/sitemap.xml"], 0, 0
    while maps:
        named, held = look_at_map(maps.pop(), origin)
        maps += named
        seen, addresses = seen + 1, addresses + held
    print(f"sitemaps: {seen} maps, {addresses} addresses, {len(wrong)} errors in all")
    for words in wrong:
        print(f"✗ {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
