"""bm25s: sparse matrices of scores made ahead, in NumPy. English stems, its own stop words and default formula, no positions."""

import json
import os
from importlib.metadata import version

import bm25s
import Stemmer
import worker

STEMMER = Stemmer.Stemmer("english")


def tokens(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=STEMMER, show_progress=False)


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    texts = [document.text for document in documents]
    clock = worker.IndexClock()
    retriever = bm25s.BM25()
    retriever.index(tokens(texts), show_progress=False)
    retriever.save(folder)
    with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as ids:
        json.dump([document.name for document in documents], ids)
    clock.commit()
    clock.report("bm25s " + version("bm25s"), folder, documents, size, 1)


def query(folder, queries, limit, repeat, variant):
    retriever = bm25s.BM25.load(folder)
    with open(os.path.join(folder, "ids.json"), encoding="utf-8") as file:
        ids = json.load(file)

    def prepare(query):
        # It has neither phrases nor conditions.
        if query.kind != "or" or query.days:
            return None
        return tokens([" ".join(query.words)])

    def search(prepared):
        return retriever.retrieve(prepared, k=min(limit, len(ids)), show_progress=False)

    def fetch_ids(result):
        documents, scores = result
        # It fills up with documents that have none of the words.
        return [ids[place] for place, score in zip(documents[0], scores[0]) if score > 0]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
