#if os(Linux)
    import Foundation
    import PostilTestSupport
    import Testing

    /// What a run holds in memory does not grow with the collection.
    @Suite(.serialized, .enabled(if: !Sanitizer.isOn, "a sanitizer's own memory would be measured"))
    struct BoundedMemoryTests {
        /// Bytes of the process's own memory at the moment; nil when it has ended. Pages of files that it has mapped, which
        /// the system takes back when it needs them, do not count.
        private func anonymousBytes(of process: Process) throws -> Int? {
            let path = "/proc/\(process.processIdentifier)/status"
            guard let status = try? String(contentsOfFile: path, encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
            else { return nil }
            let number = line.drop { !$0.isNumber }.prefix { $0.isNumber }
            return try #require(Int(number), "\(line)") * 1024
        }

        /// The most memory of its own that a run over a folder was seen with.
        private func peak(indexing inputs: String, in folder: TemporaryFolder) throws -> Int {
            let process = PostilBinary.process(
                ["index", "-i", "\(inputs).db", "--memory", "16MiB", "--threads", "2", inputs], in: folder.url)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.start()
            var peak = 0
            while process.isRunning, let bytes = try anonymousBytes(of: process) {
                peak = max(peak, bytes)
                usleep(2000)
            }
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(inputs)")
            return peak
        }

        /// The buffers of a run are larger by default than a process may be here.
        @Test func aLimitOnTheAddressSpaceIsKept() throws {
            let folder = try TemporaryFolder()
            try folder.file("in/a.md", "reward hacking")
            let outcome = try PostilBinary.shell(
                "ulimit -v 1000000; postil index in && postil search reward", in: folder.url)
            #expect(outcome.status == 0, "\(outcome)")
        }

        @Test func memoryDoesNotGrowWithTheCollection() throws {
            let folder = try TemporaryFolder()
            // 8 MB of text, each copy with ids of its own: words are the same, so that only the number of documents grows.
            let line = """
                postil bench generate --documents 6000 --seed 1 -o base.jsonl
                mkdir small large
                for copy in 1 2 3 4; do sed 's/"id":"/&'$copy-/ base.jsonl > small/$copy.jsonl; done
                for copy in 1 2 3 4 5 6 7 8; do sed 's/"id":"/&'$copy-/ base.jsonl > large/$copy.jsonl; done
                """
            #expect(try PostilBinary.shell(line, in: folder.url).status == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("base.jsonl"))
            let added = 4 * (try #require(attributes[.size] as? Int))
            let (small, large) = (try peak(indexing: "small", in: folder), try peak(indexing: "large", in: folder))
            // The limit of 16 MiB, the page cache and the program itself: less would mean that nothing was measured.
            #expect(small > 32 << 20, "small: \(small)")
            // What is seen varies by about 8 MB between runs; texts or postings that were kept would add all of `added`.
            #expect(large - small < added / 2, "small: \(small), large: \(large), text added: \(added)")
        }
    }
#endif
