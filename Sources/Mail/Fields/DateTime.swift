/// A moment as a header field writes it. RFC 5322 §3.3
public struct DateTime: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int
    /// The writer's zone, in seconds east of UTC; `nil` when it says nothing (`-0000`, no zone, an unknown name).
    public let offset: Int?

    public init(seconds: Int, offset: Int? = 0) {
        self.seconds = seconds
        self.offset = offset
    }
}

extension DateTime: Readable {
    // date-time = [ day-of-week "," ] date time [CFWS]
    /// Reads the standard's form, the obsolete ones, and those that programs have invented: asctime order, hyphens,
    /// ISO 8601, missing weekdays, seconds and zones.
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        let start = cursor.position
        let bytes = cursor.source.bytes
        if let standard = Self(standard: bytes.span, start..<cursor.end) {
            cursor.move(to: cursor.end)
            self = standard
            return
        }
        var parts = DateParts()
        var leading: ByteRange?
        var offset = cursor.position
        while offset < cursor.end {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "(") {
                cursor.move(to: offset)
                cursor.skipCFWS()
                offset = cursor.position
                continue
            }
            if byte.isFolding || byte == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            let first = offset
            while offset < cursor.end, !bytes[offset].isFolding, bytes[offset] != UInt8(ascii: "("),
                bytes[offset] != UInt8(ascii: ",")
            {
                offset += 1
            }
            let token = first..<offset
            // The first word before a comma is a weekday, in whatever language: "Mar" is one in French.
            if parts.isEmpty, offset < cursor.end, bytes[offset] == UInt8(ascii: ","),
                !token.contains(where: { bytes[$0].isDigit })
            {
                leading = token
                continue
            }
            // What follows a complete date is a remark of the writer's: an id, an envelope sender.
            if !parts.add(bytes[token]), parts.isComplete { break }
        }
        // "Aug, 22 2002 4:47:16 AM": a month where the weekday belongs.
        if let leading { parts.noteLeadingWord(bytes[leading]) }
        guard let value = parts.value else {
            throw SyntaxError(expected: "a date and time", range: start..<cursor.end)
        }
        cursor.move(to: cursor.end)
        self = value
    }
}

extension DateTime {
    // date-time = [ day-of-week "," ] day month year hour ":" minute ":" second zone [comment]
    /// The form that nearly all programs write, and nothing else: what has any doubt in it is read word by word.
    init?(standard bytes: Span<UInt8>, _ range: ByteRange) {
        var (offset, end) = (range.lowerBound, range.upperBound)
        while offset < end, bytes[offset].isFolding { offset += 1 }
        while end > offset, bytes[end - 1].isFolding { end -= 1 }
        if end - offset > 4, bytes[offset].isLetter, bytes[offset + 1].isLetter, bytes[offset + 2].isLetter,
            bytes[offset + 3] == UInt8(ascii: ",")
        {
            offset += 4
            while offset < end, bytes[offset].isFolding { offset += 1 }
        }
        guard end - offset >= 25, bytes[offset].isDigit else { return nil }
        var day = Int(bytes[offset] - 0x30)
        offset += 1
        if bytes[offset].isDigit {
            day = day * 10 + Int(bytes[offset] - 0x30)
            offset += 1
        }
        // " Nov 2026 09:00:00 +0100"
        guard end - offset >= 24, bytes[offset] == .space, bytes[offset + 4] == .space, bytes[offset + 9] == .space,
            bytes[offset + 12] == UInt8(ascii: ":"), bytes[offset + 15] == UInt8(ascii: ":"),
            bytes[offset + 18] == .space,
            let month = DateParts.month(bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]),
            let century = Self.two(bytes, offset + 5), let year = Self.two(bytes, offset + 7),
            let hour = Self.two(bytes, offset + 10), let minute = Self.two(bytes, offset + 13),
            let second = Self.two(bytes, offset + 16),
            let zoneHours = Self.two(bytes, offset + 20), let zoneMinutes = Self.two(bytes, offset + 22),
            (1...31).contains(day), century >= 19, hour < 24, minute < 60, second <= 60, zoneHours < 24,
            zoneMinutes < 60
        else { return nil }
        let sign = bytes[offset + 19]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        offset += 24
        while offset < end, bytes[offset].isFolding { offset += 1 }
        if offset < end {
            // One comment may follow.
            guard bytes[offset] == UInt8(ascii: "("),
                bytes.firstOffset(of: UInt8(ascii: ")"), in: offset..<end) == end - 1,
                bytes.firstOffset(of: UInt8(ascii: "("), in: offset + 1..<end) == nil,
                bytes.firstOffset(of: UInt8(ascii: "\\"), in: offset..<end) == nil
            else { return nil }
        }
        let zone = (zoneHours * 3600 + zoneMinutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
        // "-0000" says that the zone is not known. RFC 5322 §3.3
        let isUnknown = zone == 0 && sign == UInt8(ascii: "-")
        let days = CivilDate(year: century * 100 + year, month: month, day: day).daysSince1970
        self.init(
            seconds: days * 86_400 + hour * 3600 + minute * 60 + second - zone, offset: isUnknown ? nil : zone)
    }

    // 2DIGIT
    private static func two(_ bytes: Span<UInt8>, _ offset: Int) -> Int? {
        let (tens, ones) = (bytes[offset] &- 0x30, bytes[offset + 1] &- 0x30)
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }
}

extension DateTime: CustomStringConvertible {
    /// The moment in UTC, as RFC 3339 writes it: `2026-11-20T09:00:00Z`.
    public var description: String {
        let date = CivilDate(secondsSince1970: seconds)
        let time = ((seconds % 86_400) + 86_400) % 86_400
        guard (1000...9999).contains(date.year) else {
            let parts = [date.month, date.day, time / 3600, time / 60 % 60, time % 60].map {
                $0 < 10 ? "0\($0)" : "\($0)"
            }
            return "\(date.year)-\(parts[0])-\(parts[1])T\(parts[2]):\(parts[3]):\(parts[4])Z"
        }
        return String(unsafeUninitializedCapacity: 20) { text in
            Self.write(date.year / 100, before: nil, to: text, at: 0)
            Self.write(date.year % 100, before: "-", to: text, at: 2)
            Self.write(date.month, before: "-", to: text, at: 5)
            Self.write(date.day, before: "T", to: text, at: 8)
            Self.write(time / 3600, before: ":", to: text, at: 11)
            Self.write(time / 60 % 60, before: ":", to: text, at: 14)
            Self.write(time % 60, before: "Z", to: text, at: 17)
            return 20
        }
    }

    /// Two digits, and the mark after them.
    private static func write(
        _ number: Int, before mark: Unicode.Scalar?, to text: UnsafeMutableBufferPointer<UInt8>, at offset: Int
    ) {
        text[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10)
        text[offset + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
        if let mark { text[offset + 2] = UInt8(ascii: mark) }
    }

    // IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT
    /// The moment in UTC as HTTP writes it: `Fri, 20 Nov 2026 09:00:00 GMT`. RFC 9110 §5.6.7
    public var imfFixdate: String {
        let date = CivilDate(secondsSince1970: seconds)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // 1970-01-01 was a Thursday.
        let day = days[((date.daysSince1970 + 4) % 7 + 7) % 7]
        return "\(day), \(date.day < 10 ? "0" : "")\(date.day) \(months[date.month - 1]) \(date.year) "
            + "\(description.dropFirst(11).prefix(8)) GMT"
    }

    // date-time = full-date "T" full-time ; RFC 3339 §5.6
    /// Reads what ``description`` writes, with any offset.
    public init?(rfc3339 text: String) {
        guard text.utf8.count <= 40, text.contains("T"),
            case .success(let value) = Source(exactly: Array(text.utf8))
                .read(DateTime.self, in: 0..<text.utf8.count), value.offset != nil
        else { return nil }
        self = value
    }
}

extension Field<DateTime> {
    public static var date: Self { Self("Date") }
}
