import Phrases

/// What divides a body for other readers: another boundary, lines that are almost delimiters, a type that is no multipart.
struct BoundaryReadings {
    private(set) var ambiguities: [Ambiguity] = []

    init(_ part: Part, isDivided: Bool) {
        guard let field = part.fields(ascii: "content-type").first, !part.body.isEmpty else { return }
        var parameters = part.contentType.parameters
        if !part.declaresType,
            let semicolon = part.source.bytes.firstOffset(of: UInt8(ascii: ";"), in: field.value)
        {
            // The type could not be read; its boundary can.
            var cursor = Cursor(part.source, in: semicolon..<field.value.upperBound)
            parameters = Parameters(from: &cursor)
        }
        let readings = ParameterReadings("boundary", of: parameters, in: field, part.source)
        let isMultipart = part.contentType.isMultipart
        // Most parts are one part to everybody.
        if !isMultipart, readings.all.isEmpty { return }
        let range = part.messageRange(of: field.name.lowerBound..<field.value.upperBound)
        let body = Body(part)
        let isOurs = isMultipart && parameters.parameter("boundary") != nil
        let ours: Phrase = isDivided ? "\(part.children.count) {1:part|parts}" : "no parts"
        var shown: [Ambiguity.Reading] = [
            .init(
                isOurs
                    ? readings.all.first?.rule ?? ""
                    : isMultipart ? "no boundary" : "\(words: part.contentType.mediaType) is one part",
                ours)
        ]
        for (index, reading) in readings.all.enumerated() where !reading.bytes.isEmpty && (index > 0 || !isOurs) {
            let lines = body.delimiters(reading.bytes)
            if lines > 0 {
                shown.append(
                    .init(
                        reading.rule,
                        "a body divided at \(lines) {1:line|lines} of --\(words: Self.text(reading.bytes))"))
            }
        }
        if isMultipart, readings.all.isEmpty, let guess = body.undeclaredBoundary() {
            shown.append(.init("a boundary is guessed", "a body divided at lines of --\(words: Self.text(guess))"))
        }
        if let ambiguity = Ambiguity(.boundary, "what divides the body", at: range, shown) {
            ambiguities.append(ambiguity)
        }
        if isOurs, let boundary = readings.all.first?.bytes, !boundary.isEmpty {
            ambiguities += body.almostDelimiters(boundary)
        }
        ambiguities += Self.outside(part)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(70), as: UTF8.self) }

    /// Parts before the first delimiter or after the last, which readers that go by the header fields alone would find.
    private static func outside(_ part: Part) -> [Ambiguity] {
        let stretches: [(ByteRange?, Phrase)] = [
            (part.preamble, "before the first delimiter"), (part.epilogue, "after the last delimiter"),
        ]
        return stretches.compactMap { range, name in
            guard let range, range.count > 20 else { return nil }
            let bytes = part.source.bytes
            var position = range.lowerBound
            while let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: position..<range.upperBound) {
                let start = colon - 12
                position = colon + 1
                guard start >= range.lowerBound, bytes.hasASCII("content-type", at: start) else { continue }
                return Ambiguity(
                    .boundary, "text outside of all parts", at: part.messageRange(of: start..<colon + 1),
                    [
                        .init("text \(name) is not shown", "nothing"),
                        .init("it is read all the same", text: part.source.text(range, limit: 120)),
                    ])
            }
            return nil
        }
    }
}

/// A body that is searched for delimiters.
private struct Body {
    let part: Part
    var bytes: [UInt8] { part.source.bytes }

    init(_ part: Part) { self.part = part }

    /// How many lines are delimiters for this boundary.
    func delimiters(_ boundary: [UInt8]) -> Int {
        var count = 0
        forEachDashes { start in
            let end = start + 2 + boundary.count
            guard end <= part.body.upperBound, bytes[(start + 2)..<end].elementsEqual(boundary) else { return }
            let rest = bytes[end..<part.body.upperBound].prefix { $0 != .lineFeed }
            if rest.allSatisfy({ $0.isFolding || $0 == UInt8(ascii: "-") }) { count += 1 }
        }
        return count
    }

    /// Calls for every line of the body that begins with two hyphens.
    private func forEachDashes(_ body: (Int) -> Void) {
        let dash = UInt8(ascii: "-")
        let start = part.body.lowerBound
        if start + 1 < part.body.upperBound, bytes[start] == dash, bytes[start + 1] == dash { body(start) }
        var position = start
        while let line = bytes.firstDashes(after: position, lineEnd: part.source.lineEnd), line < part.body.upperBound {
            body(line)
            position = line
        }
    }

    /// What the first line of two hyphens names, if a line that ends it follows.
    func undeclaredBoundary() -> [UInt8]? {
        var first: [UInt8]?
        var isClosed = false
        forEachDashes { start in
            let line = bytes[(start + 2)..<part.body.upperBound].prefix { !$0.isFolding }
            if let known = first {
                isClosed = isClosed || (line.count == known.count + 2 && line.starts(with: known))
            } else if (1...70).contains(line.count) {
                first = Array(line)
            }
        }
        return isClosed ? first : nil
    }

    /// Lines that a reader takes for delimiters which compares loosely: with text behind the boundary, a blank or a control before
    /// it, or a line end that is a CR alone.
    func almostDelimiters(_ boundary: [UInt8]) -> [Ambiguity] {
        let mark = [UInt8](repeating: UInt8(ascii: "-"), count: 2) + boundary
        guard mark.count >= 3 else { return [] }
        var found: [Ambiguity] = []
        var position = part.body.lowerBound
        while found.count < 20, let offset = bytes.firstOffset(ofBytes: mark, in: position..<part.body.upperBound) {
            position = offset + 1
            guard !isDelimiter(offset) else { continue }
            let before = bytes[part.body.lowerBound..<offset].suffix(8)
            let lead = before.reversed().prefix { $0 != .lineFeed }
            let after = bytes[(offset + mark.count)..<part.body.upperBound].prefix { $0 != .lineFeed }
            let rule: Phrase
            var shows: Phrase = "the beginning of another part"
            if lead.isEmpty || offset == part.body.lowerBound {
                // --boundary-2 is another boundary, and honest.
                let rest = after.drop { $0 == UInt8(ascii: "-") }
                if rest.allSatisfy(\.isFolding), after.count - rest.count != 1 {
                    rule = "a multipart around this one, or one that ended, goes on"
                } else if after.count - rest.count == 2 {
                    rule = "text after the last delimiter's hyphens does not count"
                    shows = "the end of the multipart"
                } else {
                    guard let next = after.first, !next.isToken else { continue }
                    rule = "text after the boundary does not count"
                }
            } else if lead.first == .carriageReturn {
                rule = "CR alone ends a line"
            } else if lead.count < 8, lead.allSatisfy({ $0.isBlank || $0.isControl }) {
                rule = "blanks before the hyphens do not count"
            } else {
                continue
            }
            let text = after.prefix(80).reversed().drop(while: \.isFolding).count
            let line = offset..<offset + mark.count + text
            if let ambiguity = Ambiguity(
                .boundary, "a line that is almost a delimiter", at: part.messageRange(of: line),
                [
                    .init("a delimiter is a whole line", "part of the body"),
                    .init(rule, shows),
                ])
            {
                found.append(ambiguity)
            }
        }
        return found
    }

    /// Whether one of the part's delimiters, which are in order, is there.
    private func isDelimiter(_ offset: Int) -> Bool {
        var low = 0
        var high = part.delimiters.count
        while low < high {
            let middle = (low + high) / 2
            if part.delimiters[middle].upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low < part.delimiters.count && part.delimiters[low].contains(offset)
    }
}
