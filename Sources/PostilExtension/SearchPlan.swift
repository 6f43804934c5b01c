import CHostSQLite

/// How a statement asks `postil_search`: which arguments there are, in the order in which they are handed over.
struct SearchPlan: OptionSet {
    let rawValue: Int32

    static let query = SearchPlan(rawValue: 1 << 0)
    static let limit = SearchPlan(rawValue: 1 << 1)
    static let offset = SearchPlan(rawValue: 1 << 2)
    static let options = SearchPlan(rawValue: 1 << 3)
    /// The statement's own LIMIT and OFFSET, which hold for the function's rows as they come.
    static let statementLimit = SearchPlan(rawValue: 1 << 4)
    static let statementOffset = SearchPlan(rawValue: 1 << 5)
    /// Whether passages are looked at.
    static let snippets = SearchPlan(rawValue: 1 << 6)

    /// What is handed over, in order.
    static let arguments: [SearchPlan] = [.query, .limit, .offset, .options, .statementLimit, .statementOffset]

    /// SQLite's xBestIndex.
    ///
    /// - Returns: `SQLITE_CONSTRAINT` where an argument is not known yet in this order of tables.
    static func choose(_ info: UnsafeMutablePointer<sqlite3_index_info>) -> Int32 {
        var plan = SearchPlan()
        var places: [Int32: Int] = [:]
        var hasOthers = false
        for index in 0..<Int(info.pointee.nConstraint) {
            // Safety: index < nConstraint, which is the length of the array.
            let constraint = info.pointee.aConstraint[index]
            guard let argument = argument(of: constraint) else {
                hasOthers = true
                continue
            }
            let isTheStatements = argument == .statementLimit || argument == .statementOffset
            guard constraint.usable != 0 else {
                if isTheStatements { continue }
                return SQLITE_CONSTRAINT
            }
            plan.insert(argument)
            places[argument.rawValue] = index
        }
        let comesInOrder = isByRank(info)
        if comesInOrder { info.pointee.orderByConsumed = 1 }
        // Rows that a condition takes away, or that are sorted otherwise, are not the first ones.
        if hasOthers || info.pointee.nOrderBy > 0 && !comesInOrder || plan.contains(.limit) {
            plan.subtract([.statementLimit, .statementOffset])
        }
        if info.pointee.colUsed & (SearchTable.Column.snippet.bit | SearchTable.Column.highlights.bit) != 0 {
            plan.insert(.snippets)
        }
        var number: Int32 = 0
        for argument in arguments where plan.contains(argument) {
            guard let place = places[argument.rawValue] else { continue }
            number += 1
            info.pointee.aConstraintUsage[place].argvIndex = number
            // SQLite itself counts off what LIMIT and OFFSET say.
            if argument != .statementLimit, argument != .statementOffset {
                info.pointee.aConstraintUsage[place].omit = 1
            }
        }
        info.pointee.idxNum = plan.rawValue
        // Some milliseconds for some rows. Without a query there is nothing to search for, and any other order is better.
        info.pointee.estimatedCost = plan.contains(.query) ? 10_000 : 1e12
        info.pointee.estimatedRows = 10
        return SQLITE_OK
    }

    /// The argument that a condition gives; nil for a condition on what is found.
    private static func argument(of constraint: sqlite3_index_constraint) -> SearchPlan? {
        switch Int32(constraint.op) {
        case SQLITE_INDEX_CONSTRAINT_LIMIT: return .statementLimit
        case SQLITE_INDEX_CONSTRAINT_OFFSET: return .statementOffset
        case SQLITE_INDEX_CONSTRAINT_EQ:
            switch SearchTable.Column(rawValue: constraint.iColumn) {
            case .query: return .query
            case .limit: return .limit
            case .offset: return .offset
            case .options: return .options
            default: return nil
            }
        default: return nil
        }
    }

    /// Whether `ORDER BY rank` is all that is asked for.
    private static func isByRank(_ info: UnsafeMutablePointer<sqlite3_index_info>) -> Bool {
        guard info.pointee.nOrderBy == 1, let term = info.pointee.aOrderBy?.pointee else { return false }
        return term.iColumn == SearchTable.Column.rank.rawValue && term.desc == 0
    }
}
