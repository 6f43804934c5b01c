import CHostSQLite
import IndexStore
import Postil

/// What the extension keeps for one connection of the host: a searcher, as long as the index is as it was.
final class HostSession {
    private let host: HostConnection
    private var kept: (searcher: Searcher, state: HostConnection.State)?
    /// A search runs statements on the connection; one of them could call Postil's functions, by way of a view.
    private var isBusy = false
    /// Whether SQLite will say when it closes the connection. It tells tables only.
    private var isTold = false

    init(_ connection: OpaquePointer) throws {
        host = try HostConnection(connection) { postil_host_lend($0) }
    }

    /// Runs `body` with a searcher on the index as the host sees it now.
    ///
    /// - Parameter schema: The database that is an index; nil for `main` where that is one, and else for the first that is
    ///   attached. One that is attached is read on a connection of its own, through the host's SQLite, at its last commit:
    ///   Postil's statements name tables without their schema.
    func search<Value>(in schema: String? = nil, _ body: (Searcher) throws -> Value) throws -> Value {
        guard !isBusy else { throw CallError("Postil's functions cannot be called by a statement of their own search") }
        isBusy = true
        defer { isBusy = false }
        if schema == nil || schema == "main", let kept, try host.state() == kept.state {
            return try body(kept.searcher)
        }
        let schema = try schema ?? firstIndex()
        guard schema.lowercased() == "main" else { return try body(Index.open(at: path(of: schema)).makeSearcher()) }
        // What it has read is let go of before it is read again.
        kept = nil
        let state = try host.state()
        let searcher = try Searcher(host)
        defer { if kept == nil, !askToBeTold() { host.rest() } }
        let value = try body(searcher)
        if let state, askToBeTold() { kept = (searcher, state) }
        return value
    }

    private func firstIndex() throws -> String {
        guard let schema = try host.schemas().first(where: { try $0 != "temp" && host.isIndex($0) }) else {
            throw CallError("no database of this connection is a Postil index")
        }
        return schema
    }

    private func path(of schema: String) throws -> String {
        guard try host.schemas().contains(where: { $0.lowercased() == schema.lowercased() }) else {
            throw CallError("no database “\(schema)” is attached")
        }
        guard let path = host.path(of: schema) else { throw CallError("the database “\(schema)” is not in a file") }
        return path
    }

    // MARK: The connection's end

    /// Whether ``rest()`` will be called before the connection is closed, which statements that are left would prevent.
    private func askToBeTold() -> Bool {
        if !isTold { SearchTable.connect(on: host.handle) }
        return isTold
    }

    /// The table has been connected, and will be told when the connection closes.
    func begin() { isTold = true }

    /// Lets go of everything that has to do with the connection.
    func rest() {
        isTold = false
        kept = nil
        host.rest()
    }
}

/// A call that cannot be answered as it is.
struct CallError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
