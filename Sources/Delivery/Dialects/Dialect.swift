package import Mail
package import Phrases

/// How one family of servers writes `Received` lines, on top of the grammar that all share. RFC 5321 §4.4
package protocol Dialect: Sendable {
    /// The server's name.
    var name: String { get }
    /// Lines as it writes them, and what is to be read.
    var samples: [DialectSample] { get }
    /// What the server says of itself, in lower case: where the client or the recipient is named, it does not count.
    var marks: [StaticString] { get }
    /// What the lines have wherever it stands, in lower case: forms that no client chooses.
    var forms: [StaticString] { get }
    /// Whether it wrote the line; asked where a mark or a form stands in it, and where there are none to look for.
    func wrote(_ line: ReceivedLine) -> Bool
    /// Puts right what the general grammar reads otherwise than the server means it.
    func refine(_ hop: inout HopReading, _ line: ReceivedLine)
    /// The moment that an id of its own holds.
    func time(inID id: String, near date: DateTime?) -> DateTime?
    /// Whether its ids surely hold the moment at which it took the message.
    var idHoldsTime: Bool { get }
    /// Whether an id has the shape of its own; `nil` when it has no fixed one.
    func isOwn(id: String) -> Bool?
    /// Why a line says nothing about the route, when it does not.
    func skips(_ line: ReceivedLine) -> Phrase?
    /// Whether what writes such lines scans contents, and does not carry mail.
    var scansContent: Bool { get }
    /// Whether HTTP is what its servers speak among themselves.
    var speaksHTTPInside: Bool { get }
}

extension Dialect {
    package var marks: [StaticString] { [] }
    package var forms: [StaticString] { [] }
    package func wrote(_: ReceivedLine) -> Bool { true }
    package func refine(_: inout HopReading, _: ReceivedLine) {}
    package func time(inID _: String, near _: DateTime?) -> DateTime? { nil }
    package var scansContent: Bool { false }
    package var idHoldsTime: Bool { false }
    package func isOwn(id _: String) -> Bool? { nil }
    package func skips(_: ReceivedLine) -> Phrase? { nil }
    package var speaksHTTPInside: Bool { false }
}

/// A line, and what is to be read in it; what is `nil` is not there.
package struct DialectSample: Sendable {
    package let line: String
    package let hello: String?
    package let name: String?
    package let address: String?

    init(_ line: String, hello: String? = nil, name: String? = nil, address: String? = nil) {
        self.line = line
        self.hello = hello
        self.name = name
        self.address = address
    }
}

extension HopReading {
    /// The word before the comment is the reverse name that the server believes, and the HELO too when none is given.
    mutating func helloIsAlsoName() {
        if case .notLookedUp = peer.name, let domain = peer.helloDomain { peer.name = .found(domain) }
    }
}

extension String {
    /// Digits of a positional system, as a number; `nil` for other characters and for what is too large.
    func number(base digits: String) -> Int? {
        let values = Array(digits.utf8)
        var number = 0
        for byte in utf8 {
            guard let digit = values.firstIndex(of: byte) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: values.count)
            guard !overflow else { return nil }
            number = product &+ digit
        }
        return number
    }

    static let base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    /// Without vowels, so that no words come out: Postfix's long queue ids.
    static let base52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
    static let base16 = "0123456789ABCDEF"

    /// "20190506150329" and what follows, as a moment in UTC.
    func moment() -> DateTime? {
        let digits = utf8.prefix { $0.isDigit }
        guard digits.count >= 14 else { return nil }
        let n = digits.prefix(14).map { Int($0 - 0x30) }
        func value(_ range: Range<Int>) -> Int { n[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (value(0..<4), value(4..<6), value(6..<8))
        let (hour, minute, second) = (value(8..<10), value(10..<12), value(12..<14))
        guard (1970...2100).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second < 61
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        return DateTime(seconds: days * 86_400 + hour * 3600 + minute * 60 + second)
    }
}
