"""Writes a measurement as Markdown, CSV and JSON into the records' folder."""

import csv
import datetime
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from measurement import spread

ROOT = Path(__file__).resolve().parents[2]
RECORDS = Path(os.environ.get("POSTIL_RECORDS", ROOT / "Benchmarks" / "Records"))
LABELS = {"postil": "Postil", "postil-zstd": "Postil with zstd", "fts5": "SQLite FTS5", "tantivy": "tantivy",
          "xapian": "Xapian", "bm25s": "bm25s", "lucene": "Lucene",
          "bmp": "BMP", "pisa": "PISA", "pisa-maxscore": "PISA MaxScore", "pisa-bmm": "PISA block-max MaxScore",
          "pisa-bmw": "PISA block-max WAND"}

OWN = {"postil", "postil-zstd"}


def processor():
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def plain_name(processor):
    """The name without marks, and without words that every processor has: Intel(R) Xeon(R) CPU @ 2.20GHz is Intel Xeon."""
    return " ".join(re.sub(r"\((R|TM|r|tm)\)|\bProcessor\b|\bCPU\b|@.*", " ", processor).split())


def host():
    """The machine in words that say what it can do and not whose it is: processor and cores."""
    return f"{plain_name(processor())}, {os.cpu_count()} cores"


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def commit():
    def git(*arguments):
        return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "Sources", "Package.swift")
    return (git("rev-parse", "--short=10", "HEAD") or "unknown") + ("+changes" if changed else "")


def command_line(arguments):
    """The command as another person would type it: no options that say where things lie here, and no folders."""
    local = {"--postil", "--cache", "--work", "--commit"}
    arguments = [word for before, word in zip(["", *arguments], arguments)
                 if word.split("=")[0] not in local and before not in local]
    words = [os.path.basename(word.rstrip("/")) if word.startswith(("/", "~", "..")) else word for word in arguments]
    return "Benchmarks/Comparison/compare " + " ".join(words)


def context(arguments, known_commit=None):
    """known_commit: of the measured program, where the working tree has another one."""
    return {"date": datetime.date.today().isoformat(), "host": host(), "system": f"{platform.system()} "
            f"{platform.machine()}", "commit": known_commit or commit(), "command": command_line(arguments),
            "load_before": round(os.getloadavg()[0], 2)}


def folder_for(facts):
    place = RECORDS / f"{facts['date']}-{slug(facts['host'])}"
    place.mkdir(parents=True, exist_ok=True)
    return place


def digits(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def megabytes_per_second(figures, key="seconds"):
    return figures["text_bytes"] / 1e6 / figures[key]


def ratio(value, reference):
    return "–" if reference is None else digits(value / reference) + "×"


def percent(share):
    return "–" if share is None else f"{share * 100:.0f} %"


def indexing_table(measurement):
    reference = measurement.indexing.get("postil")
    rows = []
    for figures in measurement.indexing.values():
        keeps_text = figures["texts"] != "none"
        rows.append([
            figures["engine"], str(figures["threads"]), figures["texts"], digits(megabytes_per_second(figures)),
            digits(megabytes_per_second(figures, "merged_seconds")),
            ratio(figures["seconds"], reference and reference["seconds"]), digits(figures["cpu_seconds"]),
            digits(figures["peak_bytes"] / 1e6),
            digits(figures["index_bytes"] / figures["text_bytes"]) if keeps_text else "–",
            percent(spread(figures["rounds"]))])
    return table(["engine", "threads", "texts", "MB/s", "MB/s, merged", "time to Postil's", "CPU s", "peak MB", "size / text",
                  "spread"], rows)


def fastest_peer(measurement, group, figure):
    """The label of the fastest engine but Postil in a group, and its mean; None where there is none."""
    means = {label: latency["mean_us"] for label in measurement.answers
             if label not in OWN and (latency := measurement.latency(label, group, figure))}
    return min(means.items(), key=lambda found: found[1], default=None)


def class_table(measurement, heading, cell, last=None, without=None):
    """A row for each group of queries, a column for each engine; `last` is a heading and a cell for the group."""
    labels = [label for label in measurement.answers if label != without]
    header = [heading, *(LABELS.get(label, label) for label in labels)] + ([last[0]] if last else [])
    rows = [[group, *(cell(label, group) for label in labels)] + ([last[1](group)] if last else [])
            for group in measurement.groups]
    return table(header, rows)


def latency_table(measurement, figure="us", heading="mean µs (to Postil's)"):
    def cell(label, group):
        own, reference = (measurement.latency(name, group, figure) for name in (label, "postil"))
        if own is None:
            return "–"
        if reference is None or label == "postil":
            return digits(own["mean_us"])
        return f"{digits(own['mean_us'])} ({ratio(own['mean_us'], reference['mean_us'])})"

    def to_fastest(group):
        own, peer = measurement.latency("postil", group, figure), fastest_peer(measurement, group, figure)
        return "–" if own is None or peer is None else f"{ratio(own['mean_us'], peer[1])} {LABELS.get(peer[0], peer[0])}"

    return class_table(measurement, heading, cell, ("Postil to the fastest peer", to_fastest))


def losses(measurement, figure):
    """The classes in which a peer is faster than Postil, a line each, with the times of these peers to Postil's."""
    for group in measurement.groups:
        own = measurement.latency("postil", group, figure)
        peers = [(latency["mean_us"], LABELS.get(label, label)) for label in measurement.answers
                 if label not in OWN and (latency := measurement.latency(label, group, figure))]
        faster = [f"{name} {ratio(mean, own['mean_us'])}" for mean, name in sorted(peers) if own and mean < own["mean_us"]]
        if faster:
            yield f"- {group}: {', '.join(faster)}"


def losses_text(measurement, figure):
    return "\n".join(losses(measurement, figure)) or "In no class."


def first_table(measurement):
    def cell(label, group):
        first, later = (measurement.latency(label, group, figure) for figure in ("first_us", "us"))
        return "–" if first is None else f"{digits(first['mean_us'])} ({ratio(first['mean_us'], later['mean_us'])})"

    return class_table(measurement, "mean µs of the first time (to the later one)", cell)


def tail_table(measurement):
    def cell(label, group):
        own = measurement.latency(label, group)
        return "–" if own is None else " / ".join(digits(own[key]) for key in ("p50_us", "p99_us"))

    return class_table(measurement, "µs: median / 99th percentile", cell)


def noise_table(measurement):
    return class_table(measurement, "slowest round over fastest", lambda label, group: percent(measurement.spread(label, group)))


def agreement_table(measurement, reference):
    def cell(label, group):
        share = measurement.agreement(reference, label, group)
        return "–" if share is None else f"{share:.2f}"

    return class_table(measurement, f"overlap of the hits with {LABELS[reference]}'s", cell, without=reference)


NOTES = {
    None: (
        "Documents are made before the clock starts, as far as an engine can be handed made ones; of the build of an index the best "
        "time counts, and the spread is what the slowest took longer.",
        "\"first time\": the first time that a query is asked in a fresh process, the best of the rounds; words may have been asked "
        "by a class further up. Files are in the page cache.",
        "\"no hit\" is a word that no document has: what a call costs that finds nothing.",
        "Every engine takes the beginning of a word as it is written and finds the stems that begin so. A misspelt word is stemmed by "
        "the peers before they look for stems like it; Postil looks for words like it, and then has their stems."),
    "postil": (
        "Favours the peers: Postil reads and parses its file within the clock of indexing, and parses a query within that of "
        "searching; it keeps two fields and their lengths, folds accents, and joins compounds.",
        "Favours Postil: a prefix or a fuzzy word stands for at most 512 words in it; Lucene and Xapian score all words that begin "
        "so. Postil weighs these words as one term with their joint frequency, Lucene and Xapian each for itself, so the hits differ.",
        "Favours Postil: it leaves very common words such as \"of\" out of a query in natural language; of the peers only bm25s does. "
        "Postil ranks by its defaults (title weighs three times, k1 1.5, exact lengths), the peers by k1 1.2: hence other hits."),
    "fts5": ("FTS5 parses its query within the clock; it has no pruning, and a filter is a join with the documents' rows. "
             "Where a file of queries takes it longer than the run's patience it is asked once, and not for more hits.",),
    "tantivy": (
        "Favours tantivy: queries are parsed beforehand, lengths are kept in one byte, and beginnings and fuzzy words have a "
        "constant score, so that no hit is weighed: these are not the same task. "
        "Against it: its Python binding makes an object of each hit within the clock, which counts at 1,000 hits.",
        "tantivy's binding cannot merge: where two threads leave two segments, one thread builds the index that is asked, in one go, "
        "and \"merged\" is the time of that."),
    "xapian": ("Xapian's binding has no fuzzy words; it scores a phrase by its words, which costs less.",),
    "lucene": (
        "Favours Lucene: queries are built beforehand, lengths are kept in one byte, and the warm times are those after the JIT "
        "compiler is quiet. Against it: its first pass and its indexing run with a cold JIT compiler.",
        "Lucene may prune once it has the hits that are asked for (`TopScoreDocCollectorManager`, threshold = limit); one segment, "
        "the query cache is off. Filters: `LongPoint` and `SortedNumericDocValues` in `IndexOrDocValuesQuery`, as FILTER. Prefixes: "
        "`SCORING_BOOLEAN_REWRITE`. Fuzzy words: `FuzzyQuery` as it comes, at most 50 words, blended frequencies."),
    "bm25s": ("bm25s makes all scores ahead, leaves stop words out, and has its own formula; it needs all of its index in memory.",),
    "pisa": ("PISA's index has neither positions nor texts; its figures hold the call through its Python binding, see \"no hit\".",),
    "bmp": ("BMP scores with whole numbers up to 255 that the worker makes in Python, within the clock of indexing; it has neither "
            "positions nor texts, and its index is all in memory.",),
}


def notes(measurement):
    """What favours whom, and what else must be known to read the tables."""
    chosen = [note for name, texts in NOTES.items() if name is None or name in measurement.indexing for note in texts]
    passes = [answer["passes"] for answer in measurement.answers.get("lucene", ()) if answer and "passes" in answer]
    if passes:
        chosen.append(f"Lucene's warm-up took {min(passes)} to {max(passes)} passes over a file of queries.")
    return "\n".join(f"- {note}" for note in chosen)


def markdown(measurement, facts, label, reference):
    some = next(iter(measurement.indexing.values()))
    text = [
        f"# {label}",
        f"{some['documents']:,} documents, {some['text_bytes'] / 1e6:,.1f} MB of text (title and body); "
        f"{facts['date']}, {facts['host']}, {facts['system']}, commit {facts['commit']}, load average "
        f"{facts['load_before']} before and {facts['load_after']} after. Repeat with:",
        f"    {facts['command']}",
        "Every engine stems English and has title and text: Postil in two columns with weights and norms of their own, the others in one field "
        "(\"title newline text\"). Positions and text are stored where \"texts\" says how. Queries run in-process on one "
        f"thread, top {measurement.limit} unless the class says otherwise; warm, best of all passes, the engines in turn.",
        "## Indexing", indexing_table(measurement),
        "## Queries", latency_table(measurement),
        "### Where a peer is faster", losses_text(measurement, "us"),
        "## The first time", first_table(measurement),
        "### Where a peer is faster the first time", losses_text(measurement, "first_us"),
        "## Tails", tail_table(measurement),
        "## Noise", noise_table(measurement),
        "## Agreement of the top hits", agreement_table(measurement, reference),
        "## What favours whom", notes(measurement)]
    if measurement.verified is not None:
        outcome = "equals" if measurement.verified else "DIFFERS FROM"
        text.append(f"Postil's pruned evaluation {outcome} its exhaustive one in ids, scores and order.")
    return "\n\n".join(text) + "\n"


def rows_for_csv(measurement):
    for name, figures in measurement.indexing.items():
        for key in ("seconds", "merged_seconds", "cpu_seconds", "peak_bytes", "index_bytes"):
            yield [name, "index", key, figures[key]]
    for label in measurement.answers:
        for group in measurement.groups:
            for key, value in (measurement.latency(label, group) or {}).items():
                yield [label, group, key, value]
            if first := measurement.latency(label, group, "first_us"):
                yield [label, group, "first_mean_us", first["mean_us"]]
            if (noise := measurement.spread(label, group)) is not None:
                yield [label, group, "spread", noise]


def write(measurement, facts, label, reference):
    """Writes LABEL.md, LABEL.csv and LABEL.json; returns the path of the first."""
    place = folder_for(facts)
    report = place / f"{label}.md"
    report.write_text(markdown(measurement, facts, label, reference), encoding="utf-8")
    with open(place / f"{label}.csv", "w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(["engine", "work", "figure", "value"])
        writer.writerows(rows_for_csv(measurement))
    def by_group(figure, names=tuple(measurement.answers)):
        return {name: {group: figure(name, group) for group in measurement.groups} for name in names}

    agreement = by_group(lambda name, group: measurement.agreement(reference, name, group),
                         [name for name in measurement.answers if name != reference])
    result = {"format_version": 2, **facts, "label": label, "indexing": measurement.indexing,
              "latency": by_group(measurement.latency),
              "first_latency": by_group(lambda name, group: measurement.latency(name, group, "first_us")),
              "spread": by_group(measurement.spread), "notes": notes(measurement).splitlines(),
              "agreement": {"with": reference, "limit": measurement.limit, "overlap": agreement},
              "verified": measurement.verified, "failures": measurement.failures}
    (place / f"{label}.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return report
