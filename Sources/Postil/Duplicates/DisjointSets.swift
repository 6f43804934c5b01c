/// Sets of numbers that grow by joining (Tarjan 1975): 4 bytes a number.
struct DisjointSets {
    private var parents: [UInt32]

    /// `count` sets of one number each.
    init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

    /// The number that stands for the set of `number`: the least in it.
    ///
    /// - Complexity: O(log count), amortised; paths are halved on the way.
    mutating func root(of number: Int) -> Int {
        var number = number
        while Int(parents[number]) != number {
            parents[number] = parents[Int(parents[number])]
            number = Int(parents[number])
        }
        return number
    }

    /// Makes one set of the sets of two numbers.
    mutating func join(_ first: Int, _ second: Int) {
        let (first, second) = (root(of: first), root(of: second))
        parents[max(first, second)] = UInt32(min(first, second))
    }
}
