"""Cost against size: the same engines on generated corpora of growing size, as a table and as a plot."""

import csv
import json
import os

import edges
import plot
import record
from measurement import Measurement, say

QUERIES = 400  # per corpus: enough for a steady mean, few enough for FTS5 at a million documents


def measure(options, arguments, engines, sizes, work):
    if engines[0].name != "postil":
        return ["a generated corpus needs postil"]
    facts = record.context(arguments, options.commit)
    corpus, queries = work / "generated.jsonl", work / "queries.jsonl"
    points, problems = [], []
    for size in sizes:
        say(f"{size:,} documents")
        engines[0].generate(size, options.seed, QUERIES, str(corpus), str(queries))
        measurement = Measurement(
            corpus, edges.files(corpus, queries, work, options.seed, options.edges), options.threads, options.limits,
            options.patience)
        measurement.run(engines, work, options.rounds, options.repeat, verifies=False)
        problems += [f"{name} failed at {size} documents: {reason}" for name, reason in measurement.failures.items()]
        for engine in engines:
            points += engine_points(engine, size, measurement)
    facts["load_after"] = round(os.getloadavg()[0], 2)
    place = record.folder_for(facts)
    with open(place / "growth.csv", "w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(["engine", "documents", "figure", "value"])
        writer.writerows(points)
    (place / "growth.json").write_text(json.dumps(
        {"format_version": 1, **facts, "points": [dict(zip(("engine", "documents", "figure", "value"), point))
                                                  for point in points]}, indent=1) + "\n", encoding="utf-8")
    panels = [
        plot.Panel("Indexing", "seconds", series(points, "seconds")),
        plot.Panel("Index size", "megabytes", series(points, "index_megabytes")),
        plot.Panel("Any-word query, mean", "microseconds", series(points, "union"))]
    (place / "growth.svg").write_text(plot.draw(panels, "documents"), encoding="utf-8")
    say(f"wrote {place / 'growth.svg'}")
    return problems


def engine_points(engine, size, measurement):
    figures = measurement.indexing.get(engine.name)
    if figures is None:
        return
    yield [engine.name, size, "seconds", figures["seconds"]]
    yield [engine.name, size, "index_megabytes", figures["index_bytes"] / 1e6]
    for label in engine.variants:
        for group in measurement.groups:
            latency = measurement.latency(label, group)
            if latency:
                yield [label, size, group, latency["mean_us"]]


def series(points, figure):
    """Label -> [(documents, value)] of one figure."""
    lines = {}
    for label, size, kind, value in points:
        if kind == figure:
            lines.setdefault(record.LABELS.get(label, label), []).append((size, value))
    return lines
