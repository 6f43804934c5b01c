/// Optimal string alignment distance by the whole matrix: insertions, deletions, substitutions and swaps of neighbours that are
/// edited no further.
public func referenceEditDistance<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Int {
    var distance = (0...left.count).map { row in (0...right.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 } }
    for row in 0..<left.count {
        for column in 0..<right.count {
            var least = distance[row][column] + (left[row] == right[column] ? 0 : 1)
            least = min(least, distance[row][column + 1] + 1, distance[row + 1][column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                least = min(least, distance[row - 1][column - 1] + 1)
            }
            distance[row + 1][column + 1] = least
        }
    }
    return distance[left.count][right.count]
}
