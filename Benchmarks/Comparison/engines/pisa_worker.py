"""PISA through pyterrier-pisa: Porter2 stems, no stop words; it has neither positions nor stored text.

The variant names its algorithm for any-word queries; every-word queries run on ranked_and."""

from importlib.metadata import version

import numpy
import worker
from pyterrier_pisa import PisaIndex, _pisathon


def open_index(folder, threads):
    return PisaIndex(folder + "/index", text_field="text", stemmer="porter2", stops="none", threads=threads)


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    made = [{"docno": document.name, "text": document.text} for document in documents]
    clock = worker.IndexClock()
    open_index(folder, threads).index(made)
    clock.commit()
    clock.report("PISA " + version("pyterrier-pisa"), folder, documents, size, threads)


def query(folder, queries, limit, repeat, variant):
    source = open_index(folder, 1)

    def retriever(algorithm):
        return source.bm25(k1=1.2, b=0.75, num_results=limit, threads=1, query_algorithm=algorithm)

    retrievers = {"or": retriever(variant or "maxscore"), "and": retriever("ranked_and")}
    columns = (numpy.empty(limit, dtype=numpy.int32), numpy.empty(limit, dtype=object),
               numpy.empty(limit, dtype=numpy.int32), numpy.empty(limit, dtype=numpy.float32))

    def prepare(query):
        chosen = None if query.days else retrievers.get(query.kind)
        return chosen and (chosen._ctxt, chosen.query_algorithm.value, [(0, " ".join(query.words))])

    # The binding answers one batch a call; the batch here is one query, so its constant cost is part of the figure.
    def search(prepared):
        context, algorithm, batch = prepared
        return _pisathon.retrieve(
            context, algorithm, batch, k=limit, threads=1, query_weighted=0, pretokenised=False,
            result_qidxs=columns[0], result_docnos=columns[1], result_ranks=columns[2], result_scores=columns[3])

    def fetch_ids(count):
        return [str(name) for name in columns[1][:count]]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
