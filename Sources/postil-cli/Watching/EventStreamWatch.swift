#if os(macOS)
    import CoreServices
    import Darwin
    import Dispatch
    // Arrays of strings as Core Foundation's, and back.
    import Foundation
    import Postil
    import SystemPackage

    /// Changes as macOS tells them, in whole trees: https://developer.apple.com/documentation/coreservices/file_system_events.
    final class EventStreamWatch: ChangeWatch {
        let descriptor: Int32
        private let sink: Sink
        private let queue = DispatchQueue(label: "postil.watch")
        private var stream: FSEventStreamRef?
        private var roots: Set<String> = []

        /// Where events arrive, on ``queue``: each that matters becomes a byte in the pipe.
        private final class Sink: Sendable {
            let input: Int32
            let indexFiles: IndexFileNames

            init(input: Int32, indexFiles: IndexFileNames) {
                self.input = input
                self.indexFiles = indexFiles
            }

            func take(_ paths: [String]) {
                // Changes that were lost are told as one of a whole folder, which a run looks at anyway.
                guard paths.contains(where: { !indexFiles.contains(FilePath($0).lastComponent?.string ?? "") }) else {
                    return
                }
                // A full pipe says enough.
                _ = Darwin.write(input, "!", 1)
            }
        }

        /// How long the system may gather changes before it tells: beside the time that a run waits, nothing.
        private static let latency = 0.05

        /// - Parameter files: Names of which nothing is told.
        init(ignoring files: IndexFileNames) {
            var ends: [Int32] = [-1, -1]
            precondition(pipe(&ends) == 0, "no pipe: \(Errno(rawValue: errno))")
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
            descriptor = ends[0]
            sink = Sink(input: ends[1], indexFiles: files)
        }

        deinit {
            stop()
            close(descriptor)
            close(sink.input)
        }

        func watch(_ places: WalkedPaths) throws(CannotWatch) -> Bool {
            // A stream tells of all that is below, and of names in the folder that they lie in.
            let wanted = Set(places.folders + places.names.map { FilePath($0).removingLastComponent().string })
            let outermost = wanted.filter { path in
                var above = FilePath(path)
                while above.removeLastComponent() { if wanted.contains(above.string) { return false } }
                return true
            }
            guard outermost != roots else { return false }
            stop()
            roots = outermost
            var context = FSEventStreamContext(
                version: 0, info: Unmanaged.passUnretained(sink).toOpaque(), retain: nil, release: nil,
                copyDescription: nil)
            let callback: FSEventStreamCallback = { _, info, _, paths, _, _ in
                guard let info else { return }
                // Safety: `info` is the sink, which lives as long as the stream; with kFSEventStreamCreateFlagUseCFTypes the
                // paths are an array of strings.
                let sink = Unmanaged<Sink>.fromOpaque(info).takeUnretainedValue()
                sink.take(Unmanaged<CFArray>.fromOpaque(paths).takeUnretainedValue() as? [String] ?? [""])
            }
            let flags =
                kFSEventStreamCreateFlagFileEvents | kFSEventStreamCreateFlagWatchRoot
                | kFSEventStreamCreateFlagUseCFTypes | kFSEventStreamCreateFlagNoDefer
            guard
                let stream = FSEventStreamCreate(
                    nil, callback, &context, roots.sorted() as CFArray,
                    FSEventStreamEventId(kFSEventStreamEventIdSinceNow), Self.latency,
                    FSEventStreamCreateFlags(flags))
            else { throw CannotWatch(description: "the system does not tell of changes here") }
            FSEventStreamSetDispatchQueue(stream, queue)
            guard FSEventStreamStart(stream) else {
                FSEventStreamInvalidate(stream)
                FSEventStreamRelease(stream)
                throw CannotWatch(description: "the system does not tell of changes here")
            }
            self.stream = stream
            return true
        }

        func takeChanges() -> Bool {
            var hasChanged = false
            var buffer = [UInt8](repeating: 0, count: 4096)
            while read(descriptor, &buffer, buffer.count) > 0 { hasChanged = true }
            return hasChanged
        }

        private func stop() {
            guard let stream else { return }
            FSEventStreamStop(stream)
            FSEventStreamInvalidate(stream)
            FSEventStreamRelease(stream)
            // What has been told already is taken before the sink may go.
            queue.sync {}
            self.stream = nil
        }
    }
#endif
