/// What is known of a date while its tokens are read.
struct DateParts {
    var year: Int?
    var month: Int?
    var day: Int?
    var time: Int?
    var offset: Int?
    var isNumericOffset = false
    /// Whether the time ended in a colon.
    var wantsSeconds = false

    var isEmpty: Bool { year == nil && month == nil && day == nil && time == nil }
    var isComplete: Bool { year != nil && month != nil && day != nil && time != nil }

    private var hasOtherWord = false

    /// The word before the first comma is the month when no other word is in its place.
    mutating func noteLeadingWord(_ token: ArraySlice<UInt8>) {
        if month == nil, !hasOtherWord { month = Self.month(token) }
    }

    var value: DateTime? {
        guard let year, let month, let day, let time, (1900...9999).contains(year), (1...31).contains(day) else {
            return nil
        }
        let seconds = CivilDate(year: year, month: month, day: day).daysSince1970 * 86_400 + time
        return DateTime(seconds: seconds - (offset ?? 0), offset: offset)
    }

    /// Whether the token says something about the date.
    mutating func add(_ token: ArraySlice<UInt8>) -> Bool {
        guard let first = token.first, token.count <= 40 else { return false }
        if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { return addOffset(token) }
        if token.contains(UInt8(ascii: ":")) { return addTime(token) }
        if first.isDigit {
            if token.allSatisfy(\.isDigit) { return addNumber(token) }
            let pieces = token.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
            if pieces.count == 3, day == nil || year == nil { return addDate(pieces) }
            // "1st", "2nd" and their like
            let digits = token.prefix(while: \.isDigit)
            return day == nil && digits.count <= 2 ? addNumber(digits) : false
        }
        if first.isLetter || first >= 0x80 { return addWord(token) }
        return false
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func addNumber(_ digits: ArraySlice<UInt8>) -> Bool {
        guard let number = Self.number(digits) else { return false }
        if wantsSeconds, let time, number <= 60 {
            // "03:19: 59"
            wantsSeconds = false
            self.time = time + number
        } else if day == nil, (1...31).contains(number), digits.count <= 2 {
            day = number
        } else if year == nil {
            year = Self.fullYear(number, digits: digits.count)
        } else if offset == nil, time != nil, digits.count == 4 || (digits.count == 5 && digits.first == 0x30) {
            // A zone whose sign was lost, or became a zero.
            return addOffset([UInt8(ascii: "+")] + digits.suffix(4))
        } else {
            return false
        }
        return true
    }

    // obs-year = [CFWS] 2*DIGIT [CFWS]
    /// 00 to 49 are this century, 50 to 99 and all three-digit years the last. RFC 5322 §4.3
    private static func fullYear(_ number: Int, digits: Int) -> Int {
        switch digits {
        case 1, 2: number < 50 ? number + 2000 : number + 1900
        case 3: number + 1900
        // A program that counts from 1900 and writes four digits.
        case 4 where (100...199).contains(number): number + 1900
        default: number
        }
    }

    private mutating func addDate(_ pieces: [ArraySlice<UInt8>]) -> Bool {
        if let month = Self.month(pieces[1]), let day = Self.number(pieces[0]), let year = Self.number(pieces[2]) {
            (self.day, self.month, self.year) = (day, month, Self.fullYear(year, digits: pieces[2].count))
            return true
        }
        // "22/08/2002": the day comes first, unless it cannot.
        if pieces[2].count == 4, let first = Self.number(pieces[0]), let second = Self.number(pieces[1]),
            let year = Self.number(pieces[2]), pieces[0].count <= 2, pieces[1].count <= 2
        {
            let (day, month) = second > 12 ? (second, first) : (first, second)
            guard (1...12).contains(month) else { return false }
            (self.day, self.month, self.year) = (day, month, year)
            return true
        }
        // full-date = date-fullyear "-" date-month "-" date-mday ; RFC 3339 §5.6, perhaps with "T" and a time
        guard pieces[0].count == 4, let year = Self.number(pieces[0]), let month = Self.number(pieces[1]),
            (1...12).contains(month), let day = Self.number(pieces[2].prefix(2))
        else { return false }
        (self.day, self.month, self.year) = (day, month, year)
        return true
    }

    // time-of-day = hour ":" minute [ ":" second ]
    private mutating func addTime(_ token: ArraySlice<UInt8>) -> Bool {
        guard time == nil else { return offset == nil && token.first != nil && addOffset(token) }
        // "2018-12-10T11:43:59Z"
        if let t = token.firstIndex(where: { $0 == UInt8(ascii: "T") }), t > token.startIndex,
            token[..<t].contains(UInt8(ascii: "-"))
        {
            let pieces = token[..<t].split(separator: UInt8(ascii: "-"))
            guard pieces.count == 3, addDate(pieces) else { return false }
            return addTime(token[(t + 1)...])
        }
        let clock = token.prefix { $0.isDigit || $0 == UInt8(ascii: ":") }
        var pieces = (0, 0, 0)
        var colons = 0
        var digits = 0
        for byte in clock {
            if byte == UInt8(ascii: ":") {
                guard colons < 2, digits > 0 else { return false }
                (colons, digits) = (colons + 1, 0)
                continue
            }
            digits += 1
            guard digits <= 2 else { return false }
            let digit = Int(byte - 0x30)
            switch colons {
            case 0: pieces.0 = pieces.0 * 10 + digit
            case 1: pieces.1 = pieces.1 * 10 + digit
            default: pieces.2 = pieces.2 * 10 + digit
            }
        }
        guard colons == 2 || (colons == 1 && digits > 0), pieces.0 < 24, pieces.1 < 60, pieces.2 <= 60 else {
            return false
        }
        wantsSeconds = colons == 2 && digits == 0
        time = pieces.0 * 3600 + pieces.1 * 60 + pieces.2
        let rest = token[clock.endIndex...].drop { $0 == UInt8(ascii: ".") || $0.isDigit }
        if !rest.isEmpty { _ = add(rest) }
        return true
    }

    // zone = (FWS ( "+" / "-" ) 4DIGIT) / (FWS obs-zone)
    private mutating func addOffset(_ token: ArraySlice<UInt8>) -> Bool {
        guard time != nil, !isNumericOffset, let sign = token.first else { return false }
        var number = 0
        var count = 0
        for byte in token.dropFirst().prefix(while: { $0.isDigit || $0 == UInt8(ascii: ":") }) where byte.isDigit {
            guard count < 4 else { return false }
            number = number * 10 + Int(byte - 0x30)
            count += 1
        }
        guard count > 0 else { return false }
        let (hours, minutes) = count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours < 24, minutes < 60 else { return false }
        let isNegative = sign == UInt8(ascii: "-")
        isNumericOffset = true
        // "-0000" says that the zone is not known. RFC 5322 §3.3
        offset = isNegative && number == 0 ? nil : (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
        return true
    }

    private mutating func addWord(_ token: ArraySlice<UInt8>) -> Bool {
        if month == nil, let month = Self.month(token) {
            self.month = month
            return true
        }
        if let time, token.equalsASCII("pm") || token.equalsASCII("am") {
            let hour = time / 3600
            if token.equalsASCII("pm"), hour < 12 { self.time = time + 43_200 }
            if token.equalsASCII("am"), hour == 12 { self.time = time - 43_200 }
            return true
        }
        if time == nil { hasOtherWord = true }
        guard time != nil, !isNumericOffset else { return false }
        let name = token.prefix(while: \.isLetter)
        guard let zone = Self.zones[String(decoding: name, as: UTF8.self).uppercased()] else { return false }
        offset = zone
        // "GMT+0200"
        if name.endIndex < token.endIndex { _ = addOffset(token[name.endIndex...]) }
        return true
    }

    /// The month by its first three letters, then as other languages have it.
    private static func month(_ token: ArraySlice<UInt8>) -> Int? {
        guard token.count >= 3 else { return nil }
        let first = token.startIndex
        if let month = month(token[first], token[first + 1], token[first + 2]) { return month }
        return foreignMonths[String(decoding: token.prefix(8), as: UTF8.self).lowercased().filter { $0 != "." }]
    }

    // month-name = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" / "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
    /// The month whose name begins with these letters.
    static func month(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
        switch UInt32(first.lowercased) << 16 | UInt32(second.lowercased) << 8 | UInt32(third.lowercased) {
        case 0x6A_616E: 1
        case 0x66_6562: 2
        case 0x6D_6172: 3
        case 0x61_7072: 4
        case 0x6D_6179: 5
        case 0x6A_756E: 6
        case 0x6A_756C: 7
        case 0x61_7567: 8
        case 0x73_6570: 9
        case 0x6F_6374: 10
        case 0x6E_6F76: 11
        case 0x64_6563: 12
        default: nil
        }
    }

    /// What programs in other languages write where the standard wants English.
    private static let foreignMonths = [
        "janv": 1, "ene": 1, "gen": 1, "gennaio": 1, "févr": 2, "fév": 2, "fevr": 2, "mär": 3, "mrz": 3, "märz": 3,
        "mrt": 3,
        "avr": 4, "abr": 4, "avril": 4, "mai": 5, "mei": 5, "mag": 5, "maj": 5, "juin": 6, "giu": 6, "juil": 7,
        "lug": 7,
        "août": 8, "aout": 8, "ago": 8, "agosto": 8, "set": 9, "okt": 10, "ott": 10, "out": 10, "déc": 12, "dic": 12,
        "dez": 12,
        "déce": 12, "décembre": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7,
        "авг": 8,
        "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    ]

    // obs-zone = "UT" / "GMT" / "EST" / "EDT" / "CST" / "CDT" / "MST" / "MDT" / "PST" / "PDT" / …
    /// The standard's names, then those that mail servers add in practice and that mean one thing only.
    private static let zones: [String: Int] = [
        "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -18_000, "EDT": -14_400, "CST": -21_600, "CDT": -18_000,
        "MST": -25_200, "MDT": -21_600, "PST": -28_800, "PDT": -25_200, "WET": 0, "WEST": 3600, "CET": 3600,
        "CEST": 7200, "MET": 3600, "MEST": 7200, "EET": 7200, "EEST": 10_800, "MSK": 10_800, "MSD": 14_400,
        "JST": 32_400, "KST": 32_400, "HKT": 28_800, "SGT": 28_800, "AEST": 36_000, "AEDT": 39_600, "NZST": 43_200,
        "NZDT": 46_800, "AST": -14_400, "ADT": -10_800, "NST": -12_600, "NDT": -9_000, "BST": 3600, "AKST": -32_400,
        "AKDT": -28_800, "HST": -36_000,
    ]
}
