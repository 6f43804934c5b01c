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


def spread(values):
    """By how much the largest exceeds the smallest, as a share; None for fewer than two."""
    return max(values) / min(values) - 1 if len(values) > 1 else None


def best_of(new, old):
    """The better times of two answers to one query; None where the engine cannot express it."""
    return new and {**new, **{key: min(new[key], old[key]) for key in ("us", "first_us") if key in new}}


class Part:
    """Queries of one file that are asked for so many hits, in a worker of their own."""

    def __init__(self, path, limit):
        self.path, self.limit, self.queries = str(path), limit, load(path)


class Measurement:
    """What one corpus and its queries cost each engine.

    files: files of queries; those of the first are asked for each number of hits in `limits`, those of the others for the first.
    indexing: engine name -> figures of the build. answers: variant label -> per query {"us","first_us","ids"} or None, the files
    and limits one after the other. rounds: variant label -> group -> the mean of each round.
    """

    def __init__(self, corpus, files, threads, limits, patience=float("inf")):
        """patience: seconds; a file that an engine needs longer for it is not asked again, nor for more hits."""
        self.corpus, self.threads, self.limit, self.patience = str(corpus), threads, limits[0], patience
        self.parts = [Part(path, limits[0]) for path in files] + [Part(files[0], limit) for limit in limits[1:]]
        self.queries = [query for part in self.parts for query in part.queries]
        self.names = [query.group if part.limit == self.limit else f"{query.group}, top {part.limit}"
                      for part in self.parts for query in part.queries]
        self.indexing, self.answers, self.failures, self.rounds = {}, {}, {}, {}
        self.slow = set()  # label and file: what is not asked again
        self.verified = None

    def run(self, engines, work, rounds, repeat, verifies=True, builds=1):
        """Builds every index `builds` times, then asks all engines in turn, `rounds` times.

        verifies: whether Postil's answers are then compared with its exhaustive evaluation, which is slow.
        """
        work = Path(work)
        for _ in range(builds):
            for engine in engines:
                self.build(engine, work / engine.name)
        for turn in range(rounds):
            for place, part in enumerate(self.parts):
                for engine in engines:
                    if engine.name in self.indexing:
                        self.ask(engine, str(work / engine.name), turn, place, part, repeat)
        for engine in engines:
            if verifies and engine.name == "postil" and engine.name in self.indexing:
                self.verified = all(engine.verify(str(work / engine.name), part.path, part.limit) for part in self.parts)
            shutil.rmtree(work / engine.name, ignore_errors=True)

    def build(self, engine, folder):
        """Builds an index anew; the figures of the fastest time are kept, and the seconds of all."""
        shutil.rmtree(folder, ignore_errors=True)
        started = time.monotonic()
        try:
            figures = engine.index(self.corpus, str(folder), self.threads)
        except Failed as failure:
            self.failures[engine.name] = str(failure)
            say(f"  {engine.title}: {failure}")
            return
        say(f"  {engine.title}: indexed in {time.monotonic() - started:.1f} s")
        earlier = self.indexing.get(engine.name, figures)
        times = [*earlier.get("rounds", []), figures["seconds"]]
        self.indexing[engine.name] = {**min(figures, earlier, key=lambda build: build["seconds"]), "rounds": times}

    def ask(self, engine, folder, turn, place, part, repeat):
        first = sum(len(earlier.queries) for earlier in self.parts[:place])
        span = range(first, first + len(part.queries))
        for label, variant in engine.variants.items():
            if (label, part.path) in self.slow:
                continue
            started = time.monotonic()
            try:
                answers = engine.query(folder, part.path, part.limit, repeat, variant)
            except Failed as failure:
                self.failures[label] = str(failure)
                say(f"  {label}: {failure}")
                continue
            spent = time.monotonic() - started
            say(f"  round {turn + 1}, part {place + 1}, {label}: {spent:.1f} s")
            if spent > self.patience:
                self.slow.add((label, part.path))
            self.keep(label, span, answers)

    def keep(self, label, span, answers):
        kept = self.answers.setdefault(label, [None] * len(self.queries))
        for number, answer in zip(span, answers):
            kept[number] = answer if kept[number] is None else best_of(answer, kept[number])
        times = {}
        for number, answer in zip(span, answers):
            times.setdefault(self.names[number], []).append(answer and answer["us"])
        for group, values in times.items():
            if None not in values:
                self.rounds.setdefault(label, {}).setdefault(group, []).append(sum(values) / len(values))

    @property
    def groups(self):
        """The query groups that are compared, in the order of the files: those with plain queries in them."""
        return list(dict.fromkeys(name for name, query in zip(self.names, self.queries) if query.kind))

    def numbers(self, group):
        return [number for number, query in enumerate(self.queries) if query.kind and self.names[number] == group]

    def is_exact(self, group):
        """Whether the group's queries mean the same to every engine, so that their hits should agree."""
        return all(self.queries[number].kind in ("or", "and", "phrase") for number in self.numbers(group))

    def latency(self, label, group, figure="us"):
        """Summary over the group's queries, or None when the engine does not answer all of them."""
        answers = self.answers.get(label)
        if answers is None:
            return None
        chosen = [answers[number] for number in self.numbers(group)]
        return None if any(not answer or figure not in answer for answer in chosen) else summary(
            [answer[figure] for answer in chosen])

    def spread(self, label, group):
        """By how much the slowest round's mean exceeds the fastest's, as a share, or None."""
        return spread(self.rounds.get(label, {}).get(group, []))

    def agreement(self, label, other, group):
        """Mean overlap of the two engines' top hits over the group, or None where one of them does not answer."""
        if self.latency(label, group) is None or self.latency(other, group) is None:
            return None
        shares = [overlap(self.answers[label][number]["ids"], self.answers[other][number]["ids"])
                  for number in self.numbers(group)]
        return sum(shares) / len(shares)
