import Foundation
import Postil

/// One way to rank, as the command line names it: `stop-words=keep,k1=1.5`, or `default` for the settings as they are.
struct RankingVariant: Equatable {
    /// As it was given.
    let name: String
    /// An index of its own, for ways that differ in how texts were analysed.
    private(set) var index: String?
    private var changes: [Change] = []

    private struct Change: Equatable {
        var key: Key
        var value: String
    }

    /// What a way may change.
    private enum Key: String, CaseIterable {
        case stopWords = "stop-words"
        case k1
        case b
        case titleWeight = "title-weight"
        case bodyWeight = "body-weight"
        case proximity
        case expand
        case synonyms
        case profile
        case index
    }

    /// The settings as they are.
    static let unchanged = "default"

    /// What may stand in a way, for help and errors.
    static var keys: String { Key.allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether `text` is meant as a way and not as a file.
    static func isMeant(by text: String) -> Bool {
        (text == unchanged || text.contains("=")) && !FileManager.default.fileExists(atPath: text)
    }

    /// Takes a way apart.
    ///
    /// - Throws: `UsageError` for a key that there is not, or a value that its key does not take.
    init(_ text: String) throws(UsageError) {
        name = text
        guard text != RankingVariant.unchanged else { return }
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let key = Key(rawValue: sides[0]) else {
                let near = Suggestion.text(for: sides.first ?? "", among: Key.allCases.map(\.rawValue))
                throw UsageError(
                    "“\(part)” is no setting of a ranking\(near); give \(RankingVariant.unchanged), or KEY=VALUE,… with "
                        + RankingVariant.keys)
            }
            switch key {
            case .stopWords where SearchRequest.StopWordTreatment(rawValue: sides[1]) == nil:
                throw UsageError("stop-words is auto, keep or drop, and not “\(sides[1])”")
            case .expand where SearchRequest.Expansion(rawValue: sides[1]) == nil:
                throw UsageError("expand is off, auto or always, and not “\(sides[1])”")
            case .k1, .b, .titleWeight, .bodyWeight, .proximity:
                guard Double(sides[1])?.isFinite == true else {
                    throw UsageError("\(sides[0]) is a number, and not “\(sides[1])”")
                }
            case .index: index = sides[1]
            case .stopWords, .profile, .expand, .synonyms: break
            }
            changes.append(Change(key: key, value: sides[1]))
        }
    }

    /// `request`, asked in this way.
    ///
    /// - Parameters:
    ///   - ranking: The parameters of the index, which a request without its own has.
    ///   - profile: Finds a profile by its name.
    /// - Throws: What finding a profile throws.
    func applied(
        to request: SearchRequest, ranking: RankingParameters, profile: (String) throws -> Profile
    ) throws -> SearchRequest {
        var request = request
        var ranking = request.ranking ?? ranking
        // A profile first: single numbers are changes of it wherever they stand.
        for change in changes where change.key == .profile { ranking = try profile(change.value).ranking }
        for change in changes {
            let number = Double(change.value) ?? 0
            switch change.key {
            case .stopWords: request.stopWords = SearchRequest.StopWordTreatment(rawValue: change.value) ?? .automatic
            case .k1: ranking.terms.k1 = number
            case .b: ranking.terms.b = number
            case .titleWeight: ranking.terms.titleWeight = number
            case .bodyWeight: ranking.terms.bodyWeight = number
            case .proximity: ranking.proximity.share = number
            case .expand: request.expansion = SearchRequest.Expansion(rawValue: change.value) ?? .off
            case .synonyms: request.synonyms = try Synonyms.chosen(change.value)
            case .profile, .index: break
            }
        }
        request.ranking = ranking
        return request
    }
}
