/// A field of an entry: its name, and how its value is got from what the entry is about. Everything that prints entries
/// goes by these.
package struct ReportField<Subject>: Sendable {
    /// As JSON and tables call it.
    package let name: String
    /// Whether JSON leaves it out where it has no value; otherwise it is null.
    let isOptional: Bool
    let value: @Sendable (Subject) -> ReportValue
    /// Its value in a table, where that is not the same.
    let cell: @Sendable (Subject) -> ReportValue

    init(
        _ name: String, isOptional: Bool = false, cell: (@Sendable (Subject) -> ReportValue)? = nil,
        value: @escaping @Sendable (Subject) -> ReportValue
    ) {
        self.name = name
        self.isOptional = isOptional
        self.value = value
        self.cell = cell ?? value
    }
}

extension Array {
    /// An object of these fields of `subject`.
    func object<Subject>(of subject: Subject) -> ReportValue where Element == ReportField<Subject> {
        var members: [ReportValue.Member] = []
        members.reserveCapacity(count)
        for field in self {
            let value = field.value(subject)
            if !field.isOptional || value != .null { members.append(.init(name: field.name, value: value)) }
        }
        return .object(members)
    }

    /// A row of these fields of `subject`.
    func row<Subject>(of subject: Subject) -> [ReportValue] where Element == ReportField<Subject> {
        map { $0.cell(subject) }
    }
}
