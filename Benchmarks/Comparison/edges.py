"""Queries around the plain ones, made from a corpus' own words and a seed: filtered, beginnings of words, misspelt words, no hit.

Whoever has the corpus, the plain queries and the seed gets the same queries.
"""

import json
import random
import re
import string

from queries import load

FILTERED = {"or": "union", "and": "intersection"}
SPANS = {"one year": 1, "eight years": 8}
PREFIX_LETTERS = (3, 4, 5, 6)
EDITS = (1, 2)
WORD = re.compile(r"[a-z]+")
SHORTEST_MISSPELT = 6  # letters: of two edits in shorter words little is left
EMPTY_CALLS = 20


class Titles:
    """The words of a corpus' titles and the years of its documents, each as often as it occurs."""

    def __init__(self, corpus):
        self.words, self.years = [], []
        with open(corpus, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                self.words += WORD.findall(record.get("title", "").lower())
                year = str(record.get("date") or "")[:4]
                if re.fullmatch(r"\d{4}", year):
                    self.years.append(int(year))
        self.known = set(self.words)


def misspelt(word, edits, chance):
    """The word with so many letters left out, put in, replaced, or swapped with the next; the first letter stays."""
    letters = list(word)
    for _ in range(edits):
        place = chance.randrange(1, len(letters) - 1)
        edit = chance.choice(("leave out", "put in", "replace", "swap"))
        if edit == "leave out":
            del letters[place]
        elif edit == "put in":
            letters.insert(place, chance.choice(string.ascii_lowercase))
        elif edit == "replace":
            letters[place] = chance.choice(string.ascii_lowercase.replace(letters[place], ""))
        else:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def distinct(count, draw):
    """Up to `count` different values that `draw` gives; None is drawn anew."""
    found = {}
    for _ in range(count * 20):
        if len(found) == count:
            break
        value = draw()
        if value is not None:
            found[value] = None
    return list(found)


def filtered(plain, titles, chance):
    for kind, name in FILTERED.items():
        for label, length in SPANS.items():
            for query in plain:
                if query.kind == kind and query.group == name:
                    last = chance.choice(titles.years)
                    years = f"{last}" if length == 1 else f"{last - length + 1}..{last}"
                    yield f"{query.text} date:{years}", f"{name}, {label}"


def beginnings(titles, letters, count, chance):
    def draw():
        word = chance.choice(titles.words)
        return word[:letters] if len(word) > letters else None
    for start in distinct(count, draw):
        yield f"{start}*", f"prefix, {letters} letters"


def misspellings(titles, edits, count, chance):
    def draw():
        word = chance.choice(titles.words)
        if len(word) < SHORTEST_MISSPELT:
            return None
        spelling = misspelt(word, edits, chance)
        return None if spelling in titles.known else spelling
    for spelling in distinct(count, draw):
        yield f"{spelling}~{edits}", f"fuzzy, {edits} edit{'s' if edits > 1 else ''}"


def unknown_words(titles, chance):
    def draw():
        word = "".join(chance.choice("qxzjkv") for _ in range(12))
        return None if word in titles.known else word
    for word in distinct(EMPTY_CALLS, draw):
        yield word, "no hit"


def make(corpus, plain_queries, seed, count):
    """Pairs of query and group; `count` beginnings and misspelt words of each kind, and a filtered query for each plain one."""
    chance, titles = random.Random(seed), Titles(corpus)
    plain = load(plain_queries)
    made = list(filtered(plain, titles, chance)) if titles.years else []
    if titles.words:
        for letters in PREFIX_LETTERS:
            made += beginnings(titles, letters, count, chance)
        for edits in EDITS:
            made += misspellings(titles, edits, count, chance)
    return made + list(unknown_words(titles, chance))


def files(corpus, plain_queries, folder, seed, count):
    """The files of queries to ask: the plain ones, and with a count one of those around them, which is written to the folder."""
    if not count:
        return [plain_queries]
    path = folder / "edges.jsonl"
    with open(path, "w", encoding="utf-8") as output:
        for query, group in make(corpus, plain_queries, seed, count):
            output.write(json.dumps({"query": query, "tags": [group]}, ensure_ascii=False) + "\n")
    return [plain_queries, path]
