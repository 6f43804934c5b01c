import Foundation
import Testing

@Suite struct ArchitectureTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every type that ARCHITECTURE.md names is declared somewhere in Sources.
    @Test func namesExist() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        let names = Set(text.matches(of: /`([A-Z][A-Za-z0-9]+)`/).map { String($0.output.1) })
        #expect(names.count > 40)
        let sources = try #require(
            FileManager.default.enumerator(
                at: Self.root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in sources where file.pathExtension == "swift" {
            let code = try String(contentsOf: file, encoding: .utf8)
            declared.formUnion(
                code.matches(of: /(?:struct|class|enum|protocol|actor|typealias) ([A-Z][A-Za-z0-9]+)/)
                    .map { String($0.output.1) })
        }
        #expect(names.subtracting(declared).subtracting(["Pstl"]) == [])
    }
}
