"""Xapian through its Python binding: every term stemmed, with positions, text stored as document data.

It scores a phrase by its words, where the others take the phrase as one term; hence its lower overlap there.
"""

import os

import worker
import xapian

FLUSH_AFTER = "50000"  # documents between flushes; the default of 10,000 merges more often than a bulk load needs


def index(corpus, folder, threads):
    os.environ["XAPIAN_FLUSH_THRESHOLD"] = FLUSH_AFTER
    documents, size = worker.read_documents(corpus)
    clock = worker.IndexClock()
    loose = os.path.join(folder, "loose")
    database = xapian.WritableDatabase(loose, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
    for name, text in documents:
        document = xapian.Document()
        generator.set_document(document)
        generator.set_termpos(0)
        generator.index_text(text)
        document.set_data(text)
        document.add_value(0, name)
        database.add_document(document)
    database.commit()
    clock.commit()
    database.compact(os.path.join(folder, "compact"))
    database.close()
    for name in os.listdir(loose):
        os.remove(os.path.join(loose, name))
    clock.merge()
    clock.report("Xapian " + xapian.version_string(), folder, documents, size, 1)


def query(folder, queries, limit, repeat, variant):
    database = xapian.Database(os.path.join(folder, "compact"))
    stemmer = xapian.Stem("english")
    operator = {"or": xapian.Query.OP_OR, "and": xapian.Query.OP_AND, "phrase": xapian.Query.OP_PHRASE}

    def prepare(query):
        if query.kind is None:
            return None
        terms = [stemmer(word.encode()).decode() for word in query.words]
        return xapian.Query(operator[query.kind], terms)

    def search(prepared):
        enquire = xapian.Enquire(database)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0))
        enquire.set_query(prepared)
        return enquire.get_mset(0, limit)

    def fetch_ids(result):
        return [match.document.get_value(0).decode() for match in result]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
