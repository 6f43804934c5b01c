"""Query files in JSON Lines, {"query","tags"} a line, and the plain forms that most engines can express."""

import json
import re

CLAUSE = re.compile(r'([+-]?)(?:"([^"]*)"|(\S+))')
YEARS = re.compile(r"(?:^|\s)date:(\d{4})(?:\.\.(\d{4}))?(?=\s|$)")
PREFIX = re.compile(r"(\w+)\*")
FUZZY = re.compile(r"(\w+)~([12])")


class Query:
    """One query: its text, its group (its first tag), and its words in one of five forms.

    kind: "or" (any word), "and" (every word), "phrase" (the words side by side), "prefix" (one word's beginning), "fuzzy" (one
    word, spelt with as many as `edits` edits), or None for anything else.
    years: the first and the last year whose documents are let through, or None.
    """

    def __init__(self, text, tags):
        self.text = text
        self.group = tags[0] if tags else "all"
        self.edits = 0
        self.years, text = self.split_years(text)
        single = text.strip()
        if match := PREFIX.fullmatch(single):
            self.kind, self.words = "prefix", [match[1].lower()]
        elif match := FUZZY.fullmatch(single):
            self.kind, self.words, self.edits = "fuzzy", [match[1].lower()], int(match[2])
        else:
            self.kind, self.words = self.plain_form(text)

    @staticmethod
    def split_years(text):
        spans = YEARS.findall(text)
        if len(spans) != 1:
            return None, text
        first, last = spans[0]
        return (int(first), int(last or first)), YEARS.sub("", text)

    @staticmethod
    def plain_form(text):
        clauses = [(sign, re.findall(r"\w+", (phrase or word).lower()), bool(phrase))
                   for sign, phrase, word in CLAUSE.findall(text)]
        words = [word for _, words, _ in clauses for word in words]
        signs = {sign for sign, _, _ in clauses}
        if len(clauses) == 1 and clauses[0][2] and signs <= {"", "+"}:
            return "phrase", words
        if any(is_phrase for _, _, is_phrase in clauses) or not words:
            return None, words
        return "or" if signs == {""} else "and" if signs == {"+"} else None, words

    @property
    def days(self):
        """The filter as two numbers that `day` makes of dates, both let through, or None."""
        return self.years and (self.years[0] * 10_000, self.years[1] * 10_000 + 9_999)

    @property
    def parts(self):
        """The query for a worker that does not read this language: its form, words, edits and days."""
        return {"kind": self.kind, "words": self.words, "edits": self.edits, "days": self.days}


def day(date):
    """A document's date as a number that keeps the order: 2019-04-30 is 20190430, no date is 0."""
    digits = re.sub(r"\D", "", str(date or ""))[:8]
    return int(digits.ljust(8, "0")) if len(digits) >= 4 else 0


def load(path):
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [Query(record["query"], record.get("tags", [])) for record in records]
