#if os(Linux) || os(Android)
    import Postil
    import SystemPackage

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Android)
        import Android
    #endif

    /// Changes as Linux tells them, see inotify(7): of each watched folder what happens to its entries, not of those below.
    final class InotifyWatch: ChangeWatch {
        let descriptor: Int32
        private let indexFiles: IndexFileNames
        /// What is of interest, by the number that the kernel has given the folder. A folder keeps it when it is renamed.
        private var interests: [Int32: Interest] = [:]

        /// What matters of what happens in a folder.
        private enum Interest {
            case everything
            /// Entries of these names, and those that have a name and more, as the files beside a database do.
            case names([String])

            func covers(_ name: String) -> Bool {
                switch self {
                case .everything: true
                case .names(let names): names.contains { name.hasPrefix($0) }
                }
            }
        }

        /// All that can make a run find something else. Writing is told while a file is open, too: logs never close.
        private static let mask = UInt32(
            IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB
                | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

        /// - Parameter files: Names of which nothing is told.
        init(ignoring files: IndexFileNames) throws(CannotWatch) {
            descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            indexFiles = files
            guard descriptor >= 0 else {
                throw CannotWatch(
                    description: "no more watches of files can be begun (\(Errno(rawValue: errno)); "
                        + "the limit is fs.inotify.max_user_instances)")
            }
        }

        deinit { close(descriptor) }

        func watch(_ places: WalkedPaths) throws(CannotWatch) -> Bool {
            var next: [Int32: Interest] = [:]
            var isNew = false
            for folder in places.folders {
                guard let number = try number(of: folder, among: places.folders.count) else { continue }
                next[number] = .everything
                if case .everything = interests[number] {} else { isNew = true }
            }
            for path in places.names {
                var folder = FilePath(path)
                // What is not there may come with a folder that is not there either.
                while let name = folder.lastComponent?.string, folder.removeLastComponent() {
                    guard let number = try number(of: folder.string, among: places.folders.count) else { continue }
                    switch next[number] {
                    case .everything: break
                    case .names(let names): next[number] = .names(names + [name])
                    case nil:
                        next[number] = .names([name])
                        if interests[number] == nil { isNew = true }
                    }
                    break
                }
            }
            for number in interests.keys where next[number] == nil { _ = inotify_rm_watch(descriptor, number) }
            interests = next
            return isNew
        }

        /// The number of a folder, which is watched from then on; nil when it is not there or may not be read. What becomes of
        /// it then is told of the folder that it lies in.
        private func number(of folder: String, among count: Int) throws(CannotWatch) -> Int32? {
            let number = inotify_add_watch(descriptor, folder, Self.mask)
            if number >= 0 { return number }
            guard errno == ENOSPC || errno == ENOMEM else { return nil }
            throw CannotWatch(
                description: "\(count) folders are more than the system watches for one user; "
                    + "`sysctl fs.inotify.max_user_watches=…` raises the limit")
        }

        func takeChanges() -> Bool {
            var hasChanged = false
            // Room for hundreds of events; the longest takes 16 bytes and a name of 255.
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                guard count > 0 else { return hasChanged }
                var events = buffer[..<count]
                while let event = Event(&events) {
                    if isRelevant(event) { hasChanged = true }
                }
            }
        }

        private func isRelevant(_ event: Event) -> Bool {
            // More has happened than the kernel has room to tell: a run looks at everything anyway.
            if event.has(IN_Q_OVERFLOW) { return true }
            if event.has(IN_IGNORED) {
                interests[event.number] = nil
                return false
            }
            guard let interest = interests[event.number] else { return false }
            return event.name.isEmpty || interest.covers(event.name) && !indexFiles.contains(event.name)
        }
    }

    /// One record of what the kernel writes: four numbers of four bytes (folder, what happened, cookie, length of the name) and a
    /// name that is padded with zeros.
    private struct Event {
        let number: Int32
        let name: String
        private let mask: UInt32

        private static let headerLength = 16

        /// Takes the first record; nil after the last.
        init?(_ bytes: inout ArraySlice<UInt8>) {
            func field(_ offset: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(bytes[bytes.startIndex + offset + $1]) << (8 * UInt32($1)) }
            }
            guard bytes.count >= Self.headerLength else { return nil }
            number = Int32(bitPattern: UInt32(littleEndian: field(0)))
            mask = UInt32(littleEndian: field(4))
            let length = min(Int(UInt32(littleEndian: field(12))), bytes.count - Self.headerLength)
            let text = bytes.dropFirst(Self.headerLength).prefix(length)
            name = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
            bytes = bytes.dropFirst(Self.headerLength + length)
        }

        func has(_ bit: Int32) -> Bool { mask & UInt32(bitPattern: bit) != 0 }
    }
#endif
