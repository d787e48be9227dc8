extension DecodedText {
    /// The text as a reader is shown it: with `format=flowed` lines that end in a blank go on in the next one. RFC 3676 §4.2
    public var shown: [UInt8] {
        let parameters = part.contentType.parameters
        guard part.contentType.mediaType == "text/plain", parameters["format"]?.value.lowercased() == "flowed" else {
            return utf8
        }
        return Self.unflowed(utf8, deletesSpace: parameters["delsp"]?.value.lowercased() == "yes")
    }

    // flowed-line = ( flowed-line-qt / flowed-line-unqt ) flow CRLF ; fixed-line = fixed CRLF
    static func unflowed(_ text: [UInt8], deletesSpace: Bool) -> [UInt8] {
        let bytes = text.span
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        /// The quote depth of the line before, if it goes on.
        var flowing: Int?
        while position < bytes.count {
            let line = bytes.line(from: position, to: bytes.count)
            // quote = 1*">"
            var start = position
            while start < line.content, bytes[start] == UInt8(ascii: ">") { start += 1 }
            let depth = start - position
            // stuffing = [SP]
            if start < line.content, bytes[start] == .space { start += 1 }
            let content = start..<line.content
            // A signature's mark ends in a blank and flows nowhere. RFC 3676 §4.3
            let isSignature = text[content].elementsEqual("-- ".utf8)
            if flowing != nil, flowing != depth || isSignature { result.append(.lineFeed) }
            if flowing == nil || flowing != depth || isSignature {
                for _ in 0..<depth { result.append(UInt8(ascii: ">")) }
                if depth > 0 { result.append(.space) }
            }
            let flows =
                !isSignature && !content.isEmpty && bytes[line.content - 1] == .space && line.next > line.content
            result += text[flows && deletesSpace ? content.dropLast(1) : content]
            if !flows, line.next > line.content { result.append(.lineFeed) }
            flowing = flows ? depth : nil
            position = line.next
        }
        return result
    }
}
