import Ingestion

/// Where an index run looked: a change at any of these places is worth another run.
package struct WalkedPaths: Sendable {
    /// Absolute paths of the folders that were entered.
    package let folders: [String]
    /// Absolute paths of files and folders that are watched by their name, because what they lie in was not entered: what the
    /// run was asked for, whether it is there or not, and files that symbolic links lead to.
    package let names: [String]

    /// What a walk tells of it.
    init(_ inputs: WalkedInputs) {
        folders = inputs.seal.folders.map(\.path)
        names =
            inputs.places.map(\.path)
            + inputs.files.lazy.filter(\.isLinked).compactMap { FileStatus.real($0.path) }
    }

    /// Names places without a walk.
    package init(folders: [String], names: [String]) {
        self.folders = folders
        self.names = names
    }
}
