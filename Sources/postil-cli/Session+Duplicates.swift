import Postil

extension Session {
    /// Prints groups in the format asked for, one after another, so that only one is held in memory (JSON aside).
    ///
    /// - Parameter document: Gives a document by its row id.
    func print(_ record: DuplicatesRecord, document: (DocumentID) throws -> StoredDocument?) throws {
        var values: [JSONValue] = []
        if format == .csv { try output.write(CSVRow.text(DuplicateRecord.csvHeader)) }
        for (number, group) in zip(1..., record.groups) {
            var documents = try document(group.representative).map { [DuplicateRecord($0, similarity: nil)] } ?? []
            for other in group.others {
                if let stored = try document(other.id) {
                    documents.append(DuplicateRecord(stored, similarity: other.similarity))
                }
            }
            switch format {
            case .json: values.append(DuplicatesRecord.json(of: documents))
            case .jsonl: try output.write(DuplicatesRecord.json(of: documents).text + "\n")
            case .csv: for document in documents { try output.write(document.csvRow(group: number)) }
            case .ids: for document in documents.dropFirst() { try output.write(document.id + "\n") }
            case .text, .trec:
                if number > 1 { try output.write("\n") }
                try output.write(DuplicatesRecord.text(of: documents, number: number, for: terminal))
            }
        }
        if format == .json { try output.write(record.json(values).indentedText + "\n") }
        try output.flush()
        if format == .text { messages.note((record.groups.isEmpty ? "" : "\n") + record.summary) }
    }
}
