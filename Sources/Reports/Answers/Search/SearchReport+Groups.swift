import Postil

extension SearchReport {
    /// What JSON says of groups and facets, where they were asked for:
    ///
    ///     "groups":[{"value":"Ann","count":12,"ranks":[1,2]}],
    ///     "facets":[{"field":"year","distinct":9,"without":0,"values":[{"value":"2020","count":7}]}]
    var groupFacts: [ReportValue.Member] {
        var members: [ReportValue.Member] = []
        if let groups = results.groups {
            let values = groups.map { group in
                ReportValue.members([
                    "value": .optional(group.value), "count": .count(group.count),
                    "ranks": .array(results.hits[group.hits].map { .count($0.rank) }),
                ])
            }
            members.append(.init(name: "groups", value: .array(values)))
        }
        if !results.facets.isEmpty {
            members.append(.init(name: "facets", value: .array(results.facets.map(\.reportValue))))
        }
        return members
    }

    /// The heading of the group that begins with a hit: `Rohin Shah (12)`.
    func groupHeading(ofHitAt number: Int, in layout: TextLayout) -> String? {
        guard let group = results.groups?.first(where: { $0.hits.first == number }) else { return nil }
        let name = group.value.map { VisibleText.line($0) } ?? "no value"
        return layout.line("\(name) (\(Quantity.count(group.count)))", .heading)
    }

    /// The facets for people, each under its name.
    func writeFacets(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for (number, facet) in results.facets.enumerated() {
            if number > 0 || !results.hits.isEmpty { try write("\n") }
            let different = facet.valueCount > facet.values.count ? " (\(Quantity.count(facet.valueCount)) values)" : ""
            try write(layout.line(VisibleText.line(facet.field) + different, .heading) + "\n")
            for line in facet.lines(in: layout) { try write("  " + line + "\n") }
            if facet.without > 0 {
                try write("  " + layout.line("\(Quantity.count(facet.without)) without", .secondary) + "\n")
            }
        }
    }
}
