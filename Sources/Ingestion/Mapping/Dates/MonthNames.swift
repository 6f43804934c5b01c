/// Names of months as dates have them, English ones also shortened.
enum MonthNames {
    /// The number of the month that a word in small letters names; nil for any other word.
    static func month(_ word: Substring) -> Int? {
        if let index = english.firstIndex(where: {
            $0 == word || (word.count >= 3 && word.count <= 4 && $0.hasPrefix(word))
        }) {
            return index + 1
        }
        return others[String(word)]
    }

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech and Russian, by the month. Shortened names
    /// that are English words are left out: `set`, `out`, `ago`.
    private static let names = [
        "januar jänner jän janvier janv enero ene gennaio gen janeiro januari stycznia styczeń ledna января январь",
        "februar feber février fevrier févr fév febrero febbraio fevereiro februari lutego luty února февраля февраль",
        "märz maerz mär mars marzo março marco maart mrt marca marzec března марта март",
        "avril avr abril abr aprile kwietnia kwiecień dubna апреля апрель",
        "mai mayo maggio maio mei maj maja května мая май",
        "juni juin junio giugno giu junho czerwca czerwiec června июня июнь",
        "juli juillet juil julio luglio lug julho lipca lipiec července июля июль",
        "août aout agosto augustus augusti sierpnia sierpień srpna августа август",
        "septembre septiembre setiembre settembre sett setembro września wrzesień září сентября сентябрь",
        "oktober okt octobre octubre ottobre ott outubro października październik října октября октябрь",
        "novembre noviembre novembro listopada listopad listopadu ноября ноябрь",
        "dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień prosince декабря декабрь",
    ]

    private static let others: [String: Int] = {
        var others: [String: Int] = [:]
        for (index, names) in names.enumerated() {
            for name in names.split(separator: " ") { others[String(name)] = index + 1 }
        }
        return others
    }()
}
