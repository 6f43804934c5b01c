"""Runs the engines in turn on one corpus and one query file."""

import shutil
import sys
import time
from pathlib import Path

from peers import Failed
from queries import load


def say(message):
    print(message, file=sys.stderr, flush=True)


def percentile(ordered, share):
    """Nearest rank: the smallest value that at least `share` of the values do not exceed."""
    rank = -(-share * len(ordered) // 100)
    return ordered[max(int(rank), 1) - 1]


def summary(values):
    ordered = sorted(values)
    return {"queries": len(ordered), "mean_us": sum(ordered) / len(ordered), "p50_us": percentile(ordered, 50),
            "p90_us": percentile(ordered, 90), "p99_us": percentile(ordered, 99), "max_us": ordered[-1]}


def overlap(one, other):
    """Share of hits that two result lists have in common; 1 when both are empty."""
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1.0


class Measurement:
    """What one corpus and one query file cost each engine.

    indexing: engine name -> figures of the build. answers: variant label -> per query {"us","ids"} or None.
    """

    def __init__(self, corpus, query_file, threads, limit):
        self.corpus, self.query_file = str(corpus), str(query_file)
        self.threads, self.limit = threads, limit
        self.queries = load(query_file)
        self.indexing, self.answers, self.failures = {}, {}, {}
        self.verified = None

    def run(self, engines, work, rounds, repeat, verifies=True):
        """Builds every index, one after the other, then asks all engines in turn, `rounds` times.

        verifies: whether Postil's answers are then compared with its exhaustive evaluation, which is slow.
        """
        work = Path(work)
        for engine in engines:
            folder = work / engine.name
            shutil.rmtree(folder, ignore_errors=True)
            started = time.monotonic()
            try:
                self.indexing[engine.name] = engine.index(self.corpus, str(folder), self.threads)
                say(f"  {engine.title}: indexed in {time.monotonic() - started:.1f} s")
            except Failed as failure:
                self.failures[engine.name] = str(failure)
                say(f"  {engine.title}: {failure}")
        for turn in range(rounds):
            for engine in engines:
                if engine.name in self.indexing:
                    self.ask(engine, str(work / engine.name), turn, repeat)
        for engine in engines:
            if verifies and engine.name == "postil" and engine.name in self.indexing:
                self.verified = engine.verify(str(work / engine.name), self.query_file, self.limit)
            shutil.rmtree(work / engine.name, ignore_errors=True)

    def ask(self, engine, folder, turn, repeat):
        for label, variant in engine.variants.items():
            started = time.monotonic()
            try:
                answers = engine.query(folder, self.query_file, self.limit, repeat, variant)
            except Failed as failure:
                self.failures[label] = str(failure)
                say(f"  {label}: {failure}")
                continue
            say(f"  round {turn + 1}, {label}: {time.monotonic() - started:.1f} s")
            earlier = self.answers.get(label)
            self.answers[label] = answers if earlier is None else [
                new and {**new, "us": min(new["us"], old["us"])} for new, old in zip(answers, earlier)]

    @property
    def groups(self):
        """The query groups that are compared, in the order of the file: those with plain queries in them."""
        return list(dict.fromkeys(query.group for query in self.queries if query.kind))

    def numbers(self, group):
        return [number for number, query in enumerate(self.queries) if query.kind and query.group == group]

    def latency(self, label, group):
        """Summary over the group's queries, or None when the engine does not answer all of them."""
        answers = self.answers.get(label)
        if answers is None:
            return None
        chosen = [answers[number] for number in self.numbers(group)]
        return None if any(answer is None for answer in chosen) else summary([answer["us"] for answer in chosen])

    def agreement(self, label, other, group):
        """Mean overlap of the two engines' top hits over the group, or None where one of them does not answer."""
        if self.latency(label, group) is None or self.latency(other, group) is None:
            return None
        shares = [overlap(self.answers[label][number]["ids"], self.answers[other][number]["ids"])
                  for number in self.numbers(group)]
        return sum(shares) / len(shares)
