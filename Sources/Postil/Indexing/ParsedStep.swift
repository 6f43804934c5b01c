import IndexStore
import Ingestion

/// A step whose records have been turned into documents.
enum ParsedStep {
    case keep(IndexedSource, wasTouched: Bool)
    case begin(InputFile, known: IndexedSource?)
    case batch([ParsedRecord])
    case end(contentHash: UInt64?)
}

extension ParsedStep {
    /// Does the part of `step` that depends on no other one.
    init(_ step: IndexingStep, reader: DocumentReader) {
        switch step {
        case .keep(let known, let wasTouched): self = .keep(known, wasTouched: wasTouched)
        case .begin(let file, let known): self = .begin(file, known: known)
        case .end(let hash): self = .end(contentHash: hash)
        case .batch(let batch):
            var records: [ParsedRecord] = []
            records.reserveCapacity(batch.recordCount)
            reader.readEvents(of: batch) { event in
                switch consume event {
                case .document(let document):
                    records.append(.document(NewDocument(document)))
                case .skipped(let line, let reason): records.append(.skipped(line: line, reason: reason))
                case .warning(let remark): records.append(.warning(remark))
                }
            }
            self = .batch(records)
        }
    }
}
