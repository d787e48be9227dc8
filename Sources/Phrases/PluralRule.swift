/// Which word a number wants: CLDR's rule for whole numbers, as a line of the language's file. UTS #35 part 3 §5
///
/// `one: n % 10 = 1 and n % 100 != 11; few: n % 10 = 2..4 and n % 100 != 12..14; many:`
///
/// Categories stand in the order in which their words do; the last, without a condition, is of all other numbers.
public struct PluralRule: Sendable {
    // relation = "n" ["%" value] ("=" / "!=") value [".." value]
    private struct Relation: Sendable {
        var modulus: Int?
        var isEqual: Bool
        var range: ClosedRange<Int>

        init?(_ text: Substring) {
            var words = text.split(separator: " ")[...]
            guard words.popFirst() == "n" else { return nil }
            if words.first == "%" {
                words = words.dropFirst()
                guard let number = words.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                modulus = number
            }
            guard let sign = words.popFirst(), sign == "=" || sign == "!=", let value = words.popFirst(), words.isEmpty
            else { return nil }
            isEqual = sign == "="
            let ends = value.split(separator: ".")
            guard let first = ends.first.flatMap({ Int($0) }), let last = ends.last.flatMap({ Int($0) }), first <= last
            else { return nil }
            range = first...last
        }

        func holds(_ number: Int) -> Bool { range.contains(modulus.map { number % $0 } ?? number) == isEqual }
    }

    private struct Category: Sendable {
        let name: String
        let relations: [Relation]
    }

    private let categories: [Category]

    public init(_ text: String) {
        categories = text.split(separator: ";").map { category in
            let parts = category.split(separator: ":", maxSplits: 1)
            let relations = (parts.count > 1 ? parts[1] : "").split(separator: " and ").compactMap(Relation.init)
            return Category(name: parts.first.map { String($0.filter { $0 != " " }) } ?? "", relations: relations)
        }
    }

    /// The index of a number's category among those of the rule.
    public func category(of number: Int) -> Int {
        let magnitude = Int(clamping: number.magnitude)
        return categories.firstIndex { $0.relations.allSatisfy { $0.holds(magnitude) } } ?? 0
    }

    /// CLDR's names of the categories, in order.
    public var names: [String] { categories.map(\.name) }
}
