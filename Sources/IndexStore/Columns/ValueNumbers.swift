import Documents
import TextAnalysis

/// The numbers of a column's values, in one open-addressing table beside the values.
struct ValueNumbers {
    private struct Slot {
        /// The low half of the value's hash, whose low bits say where the slot is looked for.
        var hash: UInt32
        /// 1 + number of the value; 0 in an empty slot.
        var next: UInt32
    }

    /// A power of two, at most half of them used.
    private var slots = [Slot](repeating: Slot(hash: 0, next: 0), count: 64)

    /// The number of a value that is one of `values`, those that were asked for before; nil for a new one, which is to be put behind
    /// them.
    mutating func number(of value: String, in values: [String]) -> Int? {
        if 2 * (values.count + 1) > slots.count { grow() }
        let hash = UInt32(truncatingIfNeeded: value.withUTF8Bytes { ByteHash.hash($0) })
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot].next != 0 {
            let number = Int(slots[slot].next) - 1
            if slots[slot].hash == hash, ExactText(values[number]) == ExactText(value) { return number }
            slot = (slot + 1) & mask
        }
        slots[slot] = Slot(hash: hash, next: UInt32(values.count + 1))
        return nil
    }

    /// Forgets all values.
    mutating func removeAll() {
        for slot in slots.indices { slots[slot].next = 0 }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, next: 0), count: 2 * old.count)
        let mask = slots.count - 1
        for entry in old where entry.next != 0 {
            var slot = Int(entry.hash) & mask
            while slots[slot].next != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }
}
