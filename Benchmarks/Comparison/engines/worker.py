"""What every Python worker shares: one engine in a process of its own, driven by two commands.

    WORKER index CORPUS FOLDER THREADS       builds an index and prints one JSON object
    WORKER query FOLDER QUERIES LIMIT REPEAT [VARIANT]
                                             prints one JSON object a query:
                                             {"us": best, "first_us": first time, "ids": [best hit first]}

CORPUS holds {"id","title","text","date"} a line; title and text are indexed as one field, "title newline text", the date as a
number that can be filtered by. Documents are made before the clock starts, as far as the engine can be handed made ones. Each
query runs once to warm up and then REPEAT times; only the search is timed, fetching the ids is not. A query that the engine
cannot express is answered with null.
"""

import json
import os
import resource
import sys
import time
from collections import namedtuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import queries  # noqa: E402


Entry = namedtuple("Entry", "name text day")  # day: a number made of the date, see queries.day


def read_documents(path):
    """All entries of the corpus, and the size of the texts in UTF-8 bytes."""
    documents, size = [], 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            title = record.get("title", "")
            text = title + "\n" + record["text"] if title else record["text"]
            documents.append(Entry(record["id"], text, queries.day(record.get("date"))))
            size += len(title.encode()) + len(record["text"].encode())
    return documents, size


def folder_size(folder):
    return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


# Some engines log to standard output: they get standard error instead, and the answers alone go to the caller.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def answer(value):
    ANSWERS.write(json.dumps(value) + "\n")


class IndexClock:
    """Measures the stretch from the first document to the commit, and to the end of merging."""

    def __init__(self):
        self.started, self.cpu = time.perf_counter(), cpu_seconds()
        self.committed = self.merged = None

    def commit(self):
        self.committed = time.perf_counter() - self.started

    def merge(self):
        self.merged = time.perf_counter() - self.started

    def figures(self, engine, folder, documents, text_bytes, threads):
        return {
            "engine": engine, "documents": len(documents), "text_bytes": text_bytes, "threads": threads,
            "seconds": self.committed, "merged_seconds": self.merged or self.committed,
            "cpu_seconds": cpu_seconds() - self.cpu, "index_bytes": folder_size(folder)}

    def report(self, *facts):
        answer(self.figures(*facts))


SLOW = 50_000_000  # nanoseconds: above this one timed pass is enough, noise and start-up effects being small beside it


def measure(prepared, search, fetch_ids, repeat):
    """Times `search` on each prepared query: the first time, and the best of `repeat` later ones (of one if it is slow)."""
    first, best = [None] * len(prepared), [None] * len(prepared)
    for turn in range(repeat + 1):
        for number, query in enumerate(prepared):
            if query is None or turn > 1 and best[number] > SLOW:
                continue
            started = time.perf_counter_ns()
            search(query)
            spent = time.perf_counter_ns() - started
            if turn == 0:
                first[number] = spent
            elif best[number] is None or spent < best[number]:
                best[number] = spent
    for query, early, late in zip(prepared, first, best):
        answer(None if query is None else {
            "us": late / 1000, "first_us": early / 1000, "ids": fetch_ids(search(query))})


def run(index, query):
    """Entry point of a worker: calls index(corpus, folder, threads) or query(folder, queries, limit, repeat, variant)."""
    command, *arguments = sys.argv[1:]
    if command == "index":
        corpus, folder, threads = arguments
        os.makedirs(folder, exist_ok=True)
        index(corpus, folder, int(threads))
    else:
        folder, path, limit, repeat, *variant = arguments
        query(folder, queries.load(path), int(limit), int(repeat), variant[0] if variant else None)
    ANSWERS.flush()
