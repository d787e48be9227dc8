/// A JSON value whose members keep the order they are given in. RFC 8259
enum JSON {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    /// The text: valid UTF-8, with whatever steers a terminal, a browser or an eye escaped.
    func written(isCompact: Bool) -> String {
        var out = JSONWriter(isCompact: isCompact)
        write(to: &out)
        return out.text()
    }

    func write(to out: inout JSONWriter) {
        switch self {
        case .null: out.write(nil as String?)
        case .bool(let value): out.write(value)
        case .number(let value): out.write(value)
        case .string(let value): out.write(value)
        case .array(let values): out.array(values) { out, value in value.write(to: &out) }
        case .object(let members):
            out.object { out in
                for (name, value) in members {
                    out.put(quoting: name)
                    value.write(to: &out)
                }
            }
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
    init(nilLiteral: ()) { self = .null }

    init(_ value: String?) { self = value.map(JSON.string) ?? .null }
    init(_ value: Int?) { self = value.map(JSON.number) ?? .null }
    init(_ values: [String]) { self = .array(values.map(JSON.string)) }
}
