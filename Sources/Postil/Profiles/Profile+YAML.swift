import Foundation
import IndexStore
import Ingestion
import Ranking
import SystemPackage
import TextAnalysis
import Yams

extension Profile {
    /// The profile used when nobody names one.
    public static let defaultName = "default"

    /// Names of the profiles that are compiled in, ascending.
    public static var builtInNames: [String] { BuiltInProfiles.texts.keys.sorted() }

    /// Decodes a profile. `origin` names the file in errors.
    ///
    /// - Throws: `ProfileError` with file and line for a key that is not known or a value that makes no sense.
    public init(yaml: String, origin: String) throws {
        let root: Node
        do {
            // Values stay as they are written; what numbers and dates look like takes regular expressions.
            root = try Yams.compose(yaml: yaml, .basic, .default, .utf8) ?? Node([(Node, Node)]())
        } catch {
            throw ProfileError(path: origin, line: nil, message: "is not YAML: \(error)")
        }
        name = FilePath(origin).stem ?? origin
        description = ""
        reading = .usual
        analyzer = "english"
        stopWords = "english"
        synonyms = []
        ranking = RankingParameters()
        compression = nil
        let node = ProfileNode(node: root, origin: origin)
        for (key, value) in try node.members(
            known: ["name", "description", "reading", "analysis", "ranking", "storage"], in: "a profile")
        {
            switch key {
            case "name": name = try value.text(in: key)
            case "description": description = try value.text(in: key)
            case "reading": reading = try RecordMapping(yaml: value.node, origin: origin)
            case "analysis": try decodeAnalysis(value)
            case "storage": try decodeStorage(value)
            default: try decodeRanking(value)
            }
        }
        text = yaml
    }

    private mutating func decodeAnalysis(_ node: ProfileNode) throws {
        for (key, value) in try node.members(known: ["analyzer", "stop-words", "synonyms"], in: "analysis") {
            guard key != "synonyms" else {
                try decodeSynonyms(value)
                continue
            }
            let text = try value.text(in: key)
            do {
                if key == "analyzer" {
                    _ = try AnalyzerSpecification(text)
                    analyzer = text
                } else {
                    _ = try StopWords(named: text)
                    stopWords = text
                }
            } catch { throw value.error("\(error)") }
        }
    }

    private mutating func decodeSynonyms(_ node: ProfileNode) throws {
        for element in node.elements {
            synonyms.append(try element.text(in: "synonyms"))
            do { _ = try synonymEntries } catch { throw element.error("synonyms: \(error)") }
        }
    }

    private mutating func decodeStorage(_ node: ProfileNode) throws {
        for (key, value) in try node.members(known: ["compression"], in: "storage") {
            let text = try value.text(in: key)
            guard let known = TextCompression(rawValue: text) else {
                let names = TextCompression.allCases.map(\.rawValue).joined(separator: " or ")
                throw value.error("compression is \"\(text)\"; it must be \(names)")
            }
            compression = known
        }
    }

    private mutating func decodeRanking(_ node: ProfileNode) throws {
        for (key, value) in try node.members(known: ["k1", "b", "weights", "proximity"], in: "ranking") {
            switch key {
            case "proximity": ranking.proximity.share = try value.number(in: key)
            case "k1": ranking.terms.k1 = try value.number(in: key)
            case "b": ranking.terms.b = try value.number(in: key)
            default:
                for (field, weight) in try value.members(known: ["title", "body"], in: key) {
                    if field == "title" {
                        ranking.terms.titleWeight = try weight.number(in: field)
                    } else {
                        ranking.terms.bodyWeight = try weight.number(in: field)
                    }
                }
            }
        }
        guard ranking.isValid else {
            throw node.error(
                "ranking needs b from 0 to 1, k1, proximity and weights from 0 to a million, and one weight above 0")
        }
    }

    /// Finds a profile: a YAML file at that path, `NAME.yaml` in one of the folders, or one that is compiled in.
    ///
    /// - Throws: `ProfileError` naming the profiles there are, or what is wrong with the file.
    public static func named(_ name: String, searching folders: [String] = []) throws -> Profile {
        let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        let candidates = isPath ? [name] : folders.map { "\($0)/\(name).yaml" }
        for path in candidates where FileManager.default.fileExists(atPath: path) {
            return try Profile(yaml: try text(at: path), origin: path)
        }
        guard !isPath else { throw ProfileError(path: name, line: nil, message: "no such profile file") }
        guard let text = BuiltInProfiles.texts[name] else {
            throw ProfileError(
                path: name, line: nil,
                message: "no such profile; there are \(builtInNames.joined(separator: ", ")), or name a YAML file")
        }
        return try Profile(yaml: text, origin: "\(name).yaml")
    }

    private static func text(at path: String) throws -> String {
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        } catch {
            throw ProfileError(path: path, line: nil, message: "cannot be read: \(error.localizedDescription)")
        }
    }
}

extension ProfileNode {
    fileprivate func number(in place: String) throws(ProfileError) -> Double {
        let text = try text(in: place)
        guard let number = Double(text), number.isFinite else {
            throw error("\(place) is \"\(text)\"; it must be a number")
        }
        return number
    }
}
