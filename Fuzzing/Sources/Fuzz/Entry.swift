import Foundation

/// What libFuzzer calls once, before all inputs: chooses the target that `POSTIL_FUZZ_TARGET` names.
///
/// With `POSTIL_FUZZ_SEEDS` it writes the target's first inputs into that folder and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafePointer<CChar>?>?>
) -> CInt {
    let variables = ProcessInfo.processInfo.environment
    guard let name = variables["POSTIL_FUZZ_TARGET"], let target = FuzzTarget.all[name] else {
        print("POSTIL_FUZZ_TARGET is one of \(FuzzTarget.all.keys.sorted().joined(separator: ", "))")
        exit(2)
    }
    if let folder = variables["POSTIL_FUZZ_SEEDS"] {
        for (number, seed) in target.seeds.enumerated() {
            let path = "\(folder)/seed-\(number)"
            guard FileManager.default.createFile(atPath: path, contents: Data(seed)) else { exit(2) }
        }
        exit(0)
    }
    current = target
    return 0
}

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Safety: libFuzzer hands over `count` bytes, which stay there during the call.
    autoreleased { current?.test(UnsafeBufferPointer(start: bytes, count: count)) }
    return 0
}

// Safety: set once before the first input; libFuzzer has one thread.
nonisolated(unsafe) private var current: FuzzTarget?

private func autoreleased(_ body: () -> Void) {
    #if canImport(Darwin)
        autoreleasepool(invoking: body)
    #else
        body()
    #endif
}
