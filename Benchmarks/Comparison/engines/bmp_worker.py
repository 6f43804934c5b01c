"""BMP: block-max pruning over scores of one byte made ahead. English stems, no stop words, neither positions nor texts.

It takes documents as words with weights. The worker makes them: BM25, of which the greatest score becomes 255.
"""

import json
import math
import os
import re
from collections import Counter
from importlib.metadata import version

import bmp
import Stemmer
import worker

K1, B = 1.2, 0.75
BLOCK = 32  # documents: what its authors' examples have
WORD = re.compile(r"\w+")
STEMMER = Stemmer.Stemmer("english")


def stems(text):
    return STEMMER.stemWords(WORD.findall(text.lower()))


def weights(counted):
    """Of each document its words with their scores as whole numbers up to 255; words that score nothing are left out."""
    frequencies = Counter(word for counts in counted for word in counts)
    idf = {word: math.log(1 + (len(counted) - count + 0.5) / (count + 0.5)) for word, count in frequencies.items()}
    lengths = [sum(counts.values()) for counts in counted]
    average = sum(lengths) / len(lengths)
    scored = []
    for counts, length in zip(counted, lengths):
        norm = K1 * (1 - B + B * length / average)
        scored.append({word: idf[word] * count * (K1 + 1) / (count + norm) for word, count in counts.items()})
    scale = 255 / max(score for scores in scored for score in scores.values())
    for scores in scored:
        yield {word: number for word, score in scores.items() if (number := round(score * scale))}


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    clock = worker.IndexClock()
    indexer = bmp.Indexer(os.path.join(folder, "index.bmp"), bsize=BLOCK, compress_range=False)
    known = set()
    for document, vector in zip(documents, weights([Counter(stems(document.text)) for document in documents])):
        indexer.add_document(document.name, vector)
        known.update(vector)
    indexer.finish()
    clock.commit()
    clock.report("BMP " + version("bmp"), folder, documents, size, 1)
    with open(os.path.join(folder, "words.json"), "w", encoding="utf-8") as words:
        json.dump(sorted(known), words)


def query(folder, queries, limit, repeat, variant):
    searcher = bmp.Searcher(os.path.join(folder, "index.bmp"))
    with open(os.path.join(folder, "words.json"), encoding="utf-8") as words:
        known = set(json.load(words))

    def prepare(query):
        # It has neither phrases nor conditions, and ends the process at a query of which it knows no word.
        if query.kind != "or" or query.days:
            return None
        return Counter(stem for stem in stems(" ".join(query.words)) if stem in known) or None

    def search(prepared):
        return searcher.search(prepared, k=limit, alpha=1.0, beta=1.0)  # both 1: nothing is left out

    def fetch_ids(result):
        names, scores = result
        return [name for name, score in zip(names, scores) if score > 0]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
