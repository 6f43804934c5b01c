"""Xapian through its Python binding: every term stemmed, with positions, text stored as document data.

It scores a phrase by its words, where the others take the phrase as one term; hence its lower overlap there.
"""

import os

import worker
import xapian

NAME, DAY = 0, 1  # slots of values
FLUSH_AFTER = "50000"  # documents between flushes; the default of 10,000 merges more often than a bulk load needs


def document_of(entry):
    document = xapian.Document()
    document.set_data(entry.text)
    document.add_value(NAME, entry.name)
    document.add_value(DAY, xapian.sortable_serialise(entry.day))
    return document


def index(corpus, folder, threads):
    os.environ["XAPIAN_FLUSH_THRESHOLD"] = FLUSH_AFTER
    documents, size = worker.read_documents(corpus)
    made = [(entry, document_of(entry)) for entry in documents]
    clock = worker.IndexClock()
    loose = os.path.join(folder, "loose")
    database = xapian.WritableDatabase(loose, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
    for entry, document in made:
        generator.set_document(document)
        generator.set_termpos(0)
        generator.index_text(entry.text)
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
        if query.kind in (None, "fuzzy"):
            return None
        if query.kind == "prefix":  # each word scored for itself, as the others do
            matched = xapian.Query(xapian.Query.OP_WILDCARD, query.words[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR,
                                   xapian.Query.OP_OR)
        else:
            matched = xapian.Query(operator[query.kind], [stemmer(word.encode()).decode() for word in query.words])
        if not query.days:
            return matched
        first, last = (xapian.sortable_serialise(number) for number in query.days)
        return xapian.Query(xapian.Query.OP_FILTER, matched,
                            xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, first, last))

    def search(prepared):
        enquire = xapian.Enquire(database)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0))
        enquire.set_query(prepared)
        return enquire.get_mset(0, limit)

    def fetch_ids(result):
        return [match.document.get_value(NAME).decode() for match in result]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
