import Documents
import IndexStore
import Ingestion

/// What is to be done next with the inputs of an index run, in their order.
enum IndexingStep {
    /// A source has not changed since it was read; it was touched when its recorded time is not the present one.
    case keep(SourceRecord, wasTouched: Bool)
    /// A source is new or has changed; `known` is how it was.
    case begin(InputFile, known: SourceRecord?)
    /// A part of the source that was begun last.
    case batch(RecordBatch)
    /// The source has been read; the hash is nil when it could not be.
    case end(contentHash: UInt64?)
}

/// A step whose records have been turned into documents.
enum ParsedStep {
    case keep(SourceRecord, wasTouched: Bool)
    case begin(InputFile, known: SourceRecord?)
    case batch([ParsedRecord])
    case end(contentHash: UInt64?)
}

/// What reading a record gave.
enum ParsedRecord {
    case document(NewDocument)
    case skipped(line: Int?, reason: String)
    case warning(line: Int?, message: String)
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
                switch event {
                case .document(let document):
                    records.append(.document(NewDocument(document)))
                case .skipped(let line, let reason): records.append(.skipped(line: line, reason: reason))
                case .warning(let line, let message): records.append(.warning(line: line, message: message))
                }
            }
            self = .batch(records)
        }
    }
}
