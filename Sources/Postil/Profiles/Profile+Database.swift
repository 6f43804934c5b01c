import Ingestion

extension Profile {
    /// The profile for rows of a database: it reads them as this one reads those of a CSV file.
    ///
    /// It has a name of its own, as the place that is remembered with it is not read by whatever has this one's.
    package func reading(rows query: String, of path: String) -> Profile {
        var profile = self
        profile.name = "rows of " + (path.split(separator: "/").last.map(String.init) ?? path)
        profile.description = "Rows of a database, one document each."
        profile.reading.format = DocumentFormat(rawValue: "sqlite")
        profile.reading.query = query
        return profile
    }
}
