/// What a line is searched for before it is read closely: the marks of all dialects, and the words about senders and accounts.
struct MarkIndex: Sendable {
    /// What a mark is for.
    enum Use: Equatable {
        /// It tells a dialect, by its index in `allDialects`, where the server speaks of itself.
        case mark(of: Int)
        /// It tells a dialect wherever it stands.
        case form(of: Int)
        case sender, account
    }

    static let all = MarkIndex(allDialects)

    let finder: MarkFinder
    /// For each mark of the finder.
    let uses: [Use]
    /// For each dialect whether it is asked about lines without any mark, for it has none.
    let isAlwaysAsked: [Bool]

    private init(_ dialects: [any Dialect]) {
        var marks: [StaticString] = []
        var uses: [Use] = []
        func add(_ more: [StaticString], _ use: Use) {
            marks += more
            uses += repeatElement(use, count: more.count)
        }
        for (index, dialect) in dialects.enumerated() {
            add(dialect.marks, .mark(of: index))
            add(dialect.forms, .form(of: index))
        }
        add(ReceivedLine.beforeSenders, .sender)
        add(ReceivedLine.accountBeginnings + ReceivedLine.accountWords, .account)
        finder = MarkFinder(marks)
        self.uses = uses
        isAlwaysAsked = dialects.map { $0.marks.isEmpty && $0.forms.isEmpty }
    }
}
