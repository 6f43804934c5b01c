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

ROOT = Path(__file__).resolve().parents[2]
RECORDS = Path(os.environ.get("POSTIL_RECORDS", ROOT / "Benchmarks" / "Records"))
LABELS = {"postil": "Postil", "fts5": "SQLite FTS5", "tantivy": "tantivy", "xapian": "Xapian", "bm25s": "bm25s", "lucene": "Lucene",
          "pisa": "PISA", "pisa-maxscore": "PISA MaxScore", "pisa-bmw": "PISA block-max WAND"}


def processor():
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def host():
    """The machine in words that say what it can do and not whose it is: processor and cores."""
    return f"{processor()}, {os.cpu_count()} cores"


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def commit():
    def git(*arguments):
        return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "Sources", "Package.swift")
    return (git("rev-parse", "--short=10", "HEAD") or "unknown") + ("+changes" if changed else "")


def command_line(arguments):
    """The command as another person would type it: no options that say where things lie here, and no folders."""
    local = {"--postil", "--cache", "--work"}
    arguments = [word for before, word in zip(["", *arguments], arguments)
                 if word.split("=")[0] not in local and before not in local]
    words = [os.path.basename(word.rstrip("/")) if word.startswith(("/", "~", "..")) else word for word in arguments]
    return "Benchmarks/Comparison/compare " + " ".join(words)


def context(arguments):
    return {"date": datetime.date.today().isoformat(), "host": host(), "system": f"{platform.system()} "
            f"{platform.machine()}", "commit": commit(), "command": command_line(arguments),
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


def indexing_table(measurement):
    reference = measurement.indexing.get("postil")
    rows = []
    for name, figures in measurement.indexing.items():
        keeps_text = name != "pisa"
        rows.append([
            figures["engine"], str(figures["threads"]), digits(megabytes_per_second(figures)),
            digits(megabytes_per_second(figures, "merged_seconds")),
            "–" if reference is None else digits(figures["seconds"] / reference["seconds"]) + "×",
            digits(figures["cpu_seconds"]), digits(figures["peak_bytes"] / 1e6),
            digits(figures["index_bytes"] / figures["text_bytes"]) if keeps_text else "–"])
    return table(["engine", "threads", "MB/s", "MB/s, merged", "time to Postil's", "CPU s", "peak MB", "size / text"],
                 rows)


def latency_table(measurement):
    rows = []
    for label in measurement.answers:
        row = [LABELS.get(label, label)]
        for group in measurement.groups:
            own, reference = measurement.latency(label, group), measurement.latency("postil", group)
            if own is None:
                row.append("–")
            elif reference is None or label == "postil":
                row.append(digits(own["mean_us"]))
            else:
                row.append(f"{digits(own['mean_us'])} ({digits(own['mean_us'] / reference['mean_us'])}×)")
        rows.append(row)
    return table(["mean µs (to Postil's)", *measurement.groups], rows)


def percentile_table(measurement):
    rows = []
    for group in measurement.groups:
        for label in measurement.answers:
            own = measurement.latency(label, group)
            if own:
                rows.append([group, LABELS.get(label, label)] + [
                    digits(own[key]) for key in ("mean_us", "p50_us", "p90_us", "p99_us", "max_us")])
    return table(["queries", "engine", "mean", "p50", "p90", "p99", "max"], rows)


def agreement_table(measurement, reference):
    rows = []
    for label in measurement.answers:
        if label != reference:
            shares = [measurement.agreement(reference, label, group) for group in measurement.groups]
            rows.append([LABELS.get(label, label)] + ["–" if share is None else f"{share:.2f}" for share in shares])
    return table([f"overlap@{measurement.limit} with {LABELS[reference]}", *measurement.groups], rows)


def markdown(measurement, facts, label, reference):
    some = next(iter(measurement.indexing.values()))
    text = [
        f"# {label}",
        f"{some['documents']:,} documents, {some['text_bytes'] / 1e6:,.1f} MB of text (title and body); "
        f"{facts['date']}, {facts['host']}, {facts['system']}, commit {facts['commit']}, load average "
        f"{facts['load_before']} before and {facts['load_after']} after. Repeat with:",
        f"    {facts['command']}",
        "Every engine stems English and has title and text: Postil in two columns of weight 1, the others in one field "
        "(\"title newline text\"). Positions and text are stored, except by PISA. Peers hold the documents in memory "
        "before the clock starts; Postil reads and parses its file within it. Queries run in-process, warm, on one "
        f"thread, top {measurement.limit}, best of all passes, the engines in turn; microseconds.",
        "## Indexing", indexing_table(measurement),
        "## Queries", latency_table(measurement), percentile_table(measurement),
        "## Agreement of the top hits", agreement_table(measurement, reference)]
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


def write(measurement, facts, label, reference):
    """Writes LABEL.md, LABEL.csv and LABEL.json; returns the path of the first."""
    place = folder_for(facts)
    report = place / f"{label}.md"
    report.write_text(markdown(measurement, facts, label, reference), encoding="utf-8")
    with open(place / f"{label}.csv", "w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(["engine", "work", "figure", "value"])
        writer.writerows(rows_for_csv(measurement))
    latency = {name: {group: measurement.latency(name, group) for group in measurement.groups}
               for name in measurement.answers}
    agreement = {name: {group: measurement.agreement(reference, name, group) for group in measurement.groups}
                 for name in measurement.answers if name != reference}
    result = {"format_version": 1, **facts, "label": label, "indexing": measurement.indexing, "latency": latency,
              "agreement": {"with": reference, "limit": measurement.limit, "overlap": agreement},
              "verified": measurement.verified, "failures": measurement.failures}
    (place / f"{label}.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return report
