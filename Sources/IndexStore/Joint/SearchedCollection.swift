import Documents
import Ranking
import TextAnalysis

/// What a search asks of the documents it searches: one index, or several as if they were one.
///
/// Each is documented with ``IndexSnapshot``.
package protocol SearchedCollection: AnyObject {
    /// The file; the first of several.
    var path: String { get }
    /// How documents are analysed and ranked.
    var settings: IndexSettings { get }
    /// Whether there are columns of all documents.
    var hasColumns: Bool { get throws }
    /// The index that has a document; nil where there is only one.
    func indexPath(of id: DocumentID) -> String?

    func refresh() throws -> Bool
    func evaluator(for strategy: EvaluationStrategy) throws -> any Evaluator
    func makeAnalyzer() throws -> any Analyzer
    func metadataNames() throws -> Set<String>
    func listNames() throws -> Set<String>

    func document(_ id: DocumentID) throws -> StoredDocument?
    func documents(after id: DocumentID, limit: Int) throws -> [StoredDocument]
    func documents(externalID: String) throws -> [StoredDocument]
    func externalIDs(beginningWith text: String, limit: Int) throws -> [String]
    func forEachExternalID(_ body: (String) throws -> Void) throws

    func documents(where filter: DocumentFilter) throws -> DocumentBitmap
    func documents(ofFilesNamed words: String, isBeginning: Bool) throws -> DocumentBitmap
    func wordsOfFileNames(limit: Int) throws -> Set<[UInt8]>?
    func documents(having value: String?, of name: ColumnName) throws -> DocumentBitmap
    func first(_ limit: Int, of documents: DocumentBitmap, by name: ColumnName, descends: Bool) throws -> [Int64]
    func valueCounts(of name: ColumnName, in documents: DocumentBitmap) throws -> ValueCounts
    func values(of field: DocumentFilter.Field, limit: Int) throws -> [String]

    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]]
    func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [HashedTerm: Int]
    func words(near key: [UInt8], within distance: Int) throws -> [NearWord]
    func words(withKey key: [UInt8]) throws -> [ListedWord]
    func words(beginningWith letters: [UInt8], limit: Int) throws -> [ListedWord]
    func documentCount(ofWord word: [UInt8], key: [UInt8], knownBy evaluator: any Evaluator) throws -> Int?
}

extension IndexSnapshot: SearchedCollection {
    package func indexPath(of id: DocumentID) -> String? { nil }
}
