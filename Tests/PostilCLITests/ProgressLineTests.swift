import Testing

@testable import postil_cli

struct ProgressLineTests {
    @Test func progressIsCutToTheLine() {
        #expect(ProgressLine.cut("検索する", to: 5) == "検索")
        #expect(ProgressLine.cut("abc", to: 5) == "abc")
    }
}
