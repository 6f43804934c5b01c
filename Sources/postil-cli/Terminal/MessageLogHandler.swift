import Foundation
import Logging
import Reports

/// Shows what the library logs as this program's own messages: warnings and worse, on standard error.
struct MessageLogHandler: LogHandler {
    var logLevel = Logger.Level.warning
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let layout = TextLayout(
            descriptor: .standardError, color: .auto, environment: ProcessInfo.processInfo.environment)
        Messages(isQuiet: false, usesColor: layout.usesColor).warning("\(event.message)")
    }
}
