"""Query files in JSON Lines, {"query","tags"} a line, and the plain forms that every engine can express."""

import json
import re

CLAUSE = re.compile(r'([+-]?)(?:"([^"]*)"|(\S+))')


class Query:
    """One query: its text, its group (its first tag), and its words in one of three forms.

    kind: "or" (any word), "and" (every word), "phrase" (the words side by side), or None for anything else.
    """

    def __init__(self, text, tags):
        self.text = text
        self.group = tags[0] if tags else "all"
        clauses = [(sign, re.findall(r"\w+", (phrase or word).lower()), bool(phrase))
                   for sign, phrase, word in CLAUSE.findall(text)]
        self.words = [word for _, words, _ in clauses for word in words]
        signs = {sign for sign, _, _ in clauses}
        if len(clauses) == 1 and clauses[0][2] and signs <= {"", "+"}:
            self.kind = "phrase"
        elif any(is_phrase for _, _, is_phrase in clauses) or not self.words:
            self.kind = None
        else:
            self.kind = "or" if signs == {""} else "and" if signs == {"+"} else None


def load(path):
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [Query(record["query"], record.get("tags", [])) for record in records]
