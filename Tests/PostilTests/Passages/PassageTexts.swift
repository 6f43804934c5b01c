import Testing

/// Texts in which passages are looked for.
enum PassageTexts {
    struct Language: CustomTestStringConvertible {
        var name: String
        var sentences: [String]
        /// Words of the sentences.
        var queries: [String]

        var testDescription: String { name }
    }

    static let all = [
        Language(
            name: "English",
            sentences: [
                "A learned optimizer may pursue a goal of its own.", "The review doubts that this is the right frame!",
                "Reward hacking (again and again) is found by agents that look for loopholes.",
                "See https://example.org/a/rather/long/address?with=parameters for more.", "Why?\n\nNobody knows.",
            ], queries: ["optimizer goal", "reward hacking", "loopholes", "nobody"]),
        Language(
            name: "Russian",
            sentences: [
                "Обученный оптимизатор может преследовать собственную цель.", "Рецензия в этом сомневается.",
                "Взлом вознаграждения находят агенты, которые ищут лазейки.", "Почему? Никто не знает.",
            ], queries: ["оптимизатор", "взлом вознаграждения", "лазейки никто"]),
        Language(
            name: "Greek",
            sentences: [
                "Ο βελτιστοποιητής μπορεί να επιδιώκει δικό του στόχο.", "Η κριτική αμφιβάλλει γι' αυτό.",
                "Οι πράκτορες βρίσκουν παραθυράκια στην ανταμοιβή.",
            ], queries: ["στόχο", "πράκτορες ανταμοιβή"]),
        Language(
            name: "Chinese",
            sentences: [
                "学习得到的优化器可能追求自己的目标。", "这篇评论怀疑这个框架是否正确，", "奖励作弊是由寻找漏洞的智能体发现的！",
                "没有人知道为什么。",
            ], queries: ["优化器", "奖励作弊", "漏洞 目标"]),
        Language(
            name: "Japanese",
            sentences: [
                "学習された最適化器は独自の目標を追求するかもしれない。", "この書評は、その枠組みが正しいかどうかを疑っている。",
                "報酬ハッキングは「抜け穴」を探すエージェントによって発見される。",
            ], queries: ["目標", "報酬ハッキング", "抜け穴"]),
        Language(
            name: "Thai",
            sentences: [
                "ตัวเพิ่มประสิทธิภาพที่เรียนรู้แล้วอาจมีเป้าหมายของตัวเอง", "บทวิจารณ์นี้สงสัยว่ากรอบนี้ถูกต้องหรือไม่",
                "ตัวแทนที่มองหาช่องโหว่จะพบการแฮ็กรางวัล",
            ], queries: ["เป้าหมาย", "รางวัล"]),
        Language(
            name: "Korean",
            sentences: [
                "학습된 최적화기는 자신의 목표를 추구할 수 있다.", "이 서평은 그 틀이 옳은지 의심한다.",
                "허점을 찾는 에이전트가 보상 해킹을 발견한다.",
            ], queries: ["목표를", "보상 해킹을"]),
        Language(
            name: "Hindi",
            sentences: [
                "सीखा हुआ अनुकूलक अपना लक्ष्य पूरा कर सकता है।", "समीक्षा को संदेह है कि यह ढाँचा सही है।",
                "क्षेत्र में एजेंट त्रुटियाँ खोजते हैं।",
            ], queries: ["लक्ष्य", "एजेंट क्षेत्र"]),
        Language(
            name: "emoji",
            sentences: [
                "👨‍👩‍👧‍👦👍🏽🇩🇪🇫🇷❤️‍🔥", "🙂🙃 reward 🏳️‍🌈", "🧑🏿‍🚀🧑‍🔬🐦‍⬛", "e\u{301}o\u{308}u\u{30A}\u{323}",
            ], queries: ["reward"]),
        Language(
            name: "mixed",
            sentences: [
                "GPT-4 の評価、reward hacking を含む。", "AI安全 is безопасность ИИ 🙂.", "naïve Ångström fiancée",
                "한국어와 English 섞기",
                "<b>tag</b>\t\tcell\u{A0}\u{A0}cell",
            ], queries: ["reward hacking", "безопасность", "安全", "cell"]),
    ]

    /// Clusters of several scalars.
    static let clusters = [
        "\r\n", "e\u{301}", "👨‍👩‍👧‍👦", "🇩🇪🇫🇷🇬🇧", "ᄒ\u{1161}\u{11AB}", "한\u{11AB}", "क्ष", "กำ", "👍🏽", "1\u{FE0F}\u{20E3}",
        "\u{600}1", " \u{301}", "\n\u{301}", "か\u{3099}", "ｶﾞ", "🏴\u{E0067}\u{E0062}\u{E007F}", "a\u{200D}b",
    ]
}
