import Mail

/// Replaces what names somebody in text: addresses, hosts, IP addresses, URLs, names, ids and tokens. One pass, linear.
struct TextRedaction {
    private(set) var pseudonyms: Pseudonyms
    /// Whether the first pass is running, which notes what there is.
    var isGathering = true

    init(_ pseudonyms: Pseudonyms) { self.pseudonyms = pseudonyms }

    mutating func edit(_ change: (inout Pseudonyms) -> Void) { change(&pseudonyms) }

    /// The text with pseudonyms.
    mutating func rewriting(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte.isWord || byte == UInt8(ascii: ":") || byte.isLocalPart {
                let end = text[position...].firstIndex { !$0.isWord && !$0.isLocalPart } ?? text.count
                if let address = address6(text, position) {
                    result += written(address.value)
                    position = address.end
                } else if end > position {
                    position = run(text, position, end, &result)
                } else {
                    result.append(byte)
                    position += 1
                }
            } else if byte == UInt8(ascii: "@"), let end = mention(text, position + 1) {
                let name = String(decoding: text[(position + 1)..<end], as: UTF8.self)
                let pseudonym = pseudonyms.localPart(name)
                // Who is called so here is called so elsewhere.
                if name.utf8.count >= 4 { pseudonyms.addWord(name, as: pseudonym) }
                result.append(byte)
                result += pseudonym.utf8
                position = end
            } else {
                result.append(byte)
                position += 1
            }
        }
        return result
    }

    /// The end of a name behind an "@" that no local part stands before: "@name", or the author's part of a signature.
    private func mention(_ text: [UInt8], _ start: Int) -> Int? {
        let run = text[start...].prefix(64).prefix {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        guard run.count >= 3,
            run.endIndex == text.count || (text[run.endIndex] != UInt8(ascii: ".") && !text[run.endIndex].isWord),
            !["import", "media", "charset", "font-face", "page"].contains(where: { run.elementsEqual($0.utf8) })
        else { return nil }
        return run.endIndex
    }

    /// A run of bytes that can stand in a local part, and what follows it.
    private mutating func run(_ text: [UInt8], _ start: Int, _ end: Int, _ result: inout [UInt8]) -> Int {
        // scheme "://" …
        if text[end...].starts(with: Array("://".utf8)), text[start..<end].last?.isWord == true {
            let urlEnd = text[end...].firstIndex { !$0.isURL } ?? text.count
            let schemeStart = text[start..<end].lastIndex { !$0.isLetter }.map { $0 + 1 } ?? start
            words(text, start, schemeStart, &result)
            result += text[schemeStart..<(end + 3)]
            url(text, end + 3, urlEnd, &result)
            return urlEnd
        }
        if end < text.count, text[end] == UInt8(ascii: "@") {
            var domainEnd = text[(end + 1)...].firstIndex { !$0.isWord } ?? text.count
            if end + 1 < text.count, text[end + 1] == UInt8(ascii: "["),
                let close = text[(end + 1)...].prefix(80).firstIndex(of: UInt8(ascii: "]"))
            {
                domainEnd = close + 1
            }
            while domainEnd > end + 1, [UInt8(ascii: "."), UInt8(ascii: "-")].contains(text[domainEnd - 1]) {
                domainEnd -= 1
            }
            if domainEnd > end + 1 {
                let localStart = key(text, start, end)
                words(text, start, localStart, &result)
                let local = String(decoding: text[localStart..<end], as: UTF8.self)
                let isQuoted = local.hasPrefix("'")
                let name = isQuoted ? String(local.dropFirst()) : local
                note(name)
                result += ((isQuoted ? "'" : "") + pseudonyms.localPart(name)).utf8
                result.append(UInt8(ascii: "@"))
                let domain = String(decoding: text[(end + 1)..<domainEnd], as: UTF8.self)
                if domain.hasPrefix("[") {
                    result += rewritingLiteral(Array(domain.utf8))
                } else {
                    result += host(domain).utf8
                }
                return domainEnd
            }
        }
        // "client-ip=2001:db8::1": only the run's last word can begin such an address.
        if end < text.count, text[end] == UInt8(ascii: ":"),
            let wordStart = text[start..<end].lastIndex(where: { !$0.isWord }).map({ $0 + 1 }), wordStart < end,
            let address = address6(text, wordStart)
        {
            words(text, start, wordStart, &result)
            result += written(address.value)
            return address.end
        }
        words(text, start, end, &result)
        return end
    }

    private mutating func rewritingLiteral(_ text: [UInt8]) -> [UInt8] {
        let inner = text.dropFirst().dropLast(text.last == UInt8(ascii: "]") ? 1 : 0)
        let isTagged = String(decoding: inner.prefix(5), as: UTF8.self).lowercased() == "ipv6:"
        guard let address = IPAddress(Array(isTagged ? inner.dropFirst(5) : inner)[...]) else { return text }
        return Array((isTagged ? "[IPv6:" : "[").utf8) + written(address) + Array("]".utf8)
    }

    /// Where a local part begins behind a key such as `smtp.mailfrom=`; senders' marks with "=" are no keys.
    private func key(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        guard let equals = text[start..<end].firstIndex(of: UInt8(ascii: "=")),
            text[start..<equals].allSatisfy({ $0.isLetter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return start }
        let name = String(decoding: text[start..<equals], as: UTF8.self).lowercased()
        return ["prvs", "btv", "msprvs", "srs"].contains { name.hasPrefix($0) } ? start : equals + 1
    }

    /// Words between bytes that only local parts have.
    private mutating func words(_ text: [UInt8], _ start: Int, _ end: Int, _ result: inout [UInt8]) {
        var position = start
        while position < end {
            guard text[position].isWord else {
                result.append(text[position])
                position += 1
                continue
            }
            let wordEnd = text[position..<end].firstIndex { !$0.isWord } ?? end
            word(text[position..<wordEnd], &result)
            position = wordEnd
        }
    }

    private mutating func word(_ bytes: ArraySlice<UInt8>, _ result: inout [UInt8]) {
        let all = String(decoding: bytes, as: UTF8.self).lowercased()
        if let known = pseudonyms.words[all] { return result += known.utf8 }
        let marks: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")]
        let start = bytes.firstIndex { !marks.contains($0) } ?? bytes.endIndex
        let end = (bytes.lastIndex { !marks.contains($0) } ?? bytes.startIndex - 1) + 1
        guard start < end else { return result += bytes }
        result += bytes[..<start]
        defer { result += bytes[end...] }
        let core = bytes[start..<end]
        let text = String(decoding: core, as: UTF8.self)
        if let address = IPAddress(core) { return result += written(address) }
        if let known = pseudonyms.words[text.lowercased()] { return result += known.utf8 }
        if core.contains(UInt8(ascii: ".")), core.count <= 253, isHost(core) { return result += host(text).utf8 }
        if Pseudonyms.isToken(text), !core.contains(where: { $0 >= 0x80 }) {
            return result += pseudonyms.token(text).utf8
        }
        // Names, and words that hold them: "Ann_Example".
        guard String(validating: core, as: UTF8.self) != nil else { return result += core }
        var piece = ""
        for character in text {
            if character.isLetter {
                piece.append(character)
            } else {
                result += (pseudonyms.name(piece) ?? piece).utf8
                piece = ""
                result += String(character).utf8
            }
        }
        result += (pseudonyms.name(piece) ?? piece).utf8
    }

    private func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        let domain = Domain(String(decoding: bytes, as: UTF8.self))
        guard domain.isHostName else { return false }
        if domain.isRegistrable || [".example", ".test"].contains(where: { domain.description.hasSuffix($0) }) {
            return true
        }
        // Three labels or more, with letters in the last: a host of an inner network, or an invented one.
        return domain.labels.count >= 3 && domain.labels.last?.utf8.allSatisfy(\.isLetter) == true
    }

    private mutating func host(_ text: String) -> String {
        note(text)
        if let address = IPAddress(text) { return String(decoding: written(address), as: UTF8.self) }
        if let known = pseudonyms.words[text.lowercased()] { return known }
        return pseudonyms.host(text)
    }

    // MARK: Addresses

    private mutating func written(_ address: IPAddress) -> [UInt8] {
        note(address.description)
        return Array(pseudonyms.address(address).description.utf8)
    }

    private func address6(_ text: [UInt8], _ start: Int) -> (value: IPAddress, end: Int)? {
        // Longer runs are no address, and are not read again from each of their bytes.
        guard start == 0 || !(text[start - 1].isHex || text[start - 1] == UInt8(ascii: ":")) else { return nil }
        let run = text[start...].prefix(46).prefix { $0.isHex || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        guard run.count(where: { $0 == UInt8(ascii: ":") }) >= 2 else { return nil }
        let trimmed = run.last == UInt8(ascii: ".") ? run.dropLast() : run
        guard let address = IPAddress(trimmed) else { return nil }
        return (address, trimmed.endIndex)
    }

    // MARK: URLs

    /// Behind "://": the host becomes another, and each piece of the rest a token; only what divides them stays.
    private mutating func url(_ text: [UInt8], _ start: Int, _ end: Int, _ result: inout [UInt8]) {
        let hostEnd = text[start..<end].firstIndex { "/?#".utf8.contains($0) } ?? end
        var hostStart = start
        if let at = text[start..<hostEnd].lastIndex(of: UInt8(ascii: "@")) {
            pieces(text, start, at, &result)
            result.append(UInt8(ascii: "@"))
            hostStart = at + 1
        }
        var nameEnd = hostEnd
        if text[hostStart..<hostEnd].first == UInt8(ascii: "[") {
            let close = text[hostStart..<hostEnd].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? hostEnd
            result += rewritingLiteral(Array(text[hostStart..<close]))
            nameEnd = close
        } else {
            nameEnd = text[hostStart..<hostEnd].firstIndex(of: UInt8(ascii: ":")) ?? hostEnd
            var name = String(decoding: text[hostStart..<nameEnd], as: UTF8.self)
            let dots = name.reversed().prefix { $0 == "." }.count
            name.removeLast(dots)
            if !name.isEmpty { result += host(name).utf8 }
            result += [UInt8](repeating: UInt8(ascii: "."), count: dots)
        }
        result += text[nameEnd..<hostEnd]
        pieces(text, hostEnd, end, &result)
    }

    private mutating func pieces(_ text: [UInt8], _ start: Int, _ end: Int, _ result: inout [UInt8]) {
        var position = start
        while position < end {
            let byte = text[position]
            guard byte.isPiece else {
                result.append(byte)
                position += 1
                continue
            }
            let pieceEnd = text[position..<end].firstIndex { !$0.isPiece } ?? end
            let piece = String(decoding: text[position..<pieceEnd], as: UTF8.self)
            result += (piece.utf8.count <= 1 ? piece : pseudonyms.piece(piece)).utf8
            position = pieceEnd
        }
    }

    private mutating func note(_ original: String) { if isGathering { pseudonyms.take(original) } }
}

extension Pseudonyms {
    /// A piece of a URL's path or query.
    mutating func piece(_ original: String) -> String {
        let key = "/" + original.lowercased()
        if let known = words[key] { return known }
        let name = "p\(words.count + 1)"
        addWord(key, as: name)
        return name
    }
}

extension UInt8 {
    /// What words and names of hosts are made of.
    var isWord: Bool {
        isLetter || isDigit || self >= 0x80 || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "_")
    }
    /// What else stands in local parts, but for what delimits in most fields. RFC 5322 §3.2.3
    var isLocalPart: Bool { "!#$%&'*+=^`{|}~".utf8.contains(self) }
    var isHex: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }
    var isURL: Bool { self > 0x20 && self != 0x7F && !"<>\"'`(){}|\\^".utf8.contains(self) }
    var isPiece: Bool {
        isWord || self == UInt8(ascii: "%") || self == UInt8(ascii: "+") || self == UInt8(ascii: "~")
            || self == UInt8(ascii: "@") || self == UInt8(ascii: "$") || self == UInt8(ascii: "!")
            || self == UInt8(ascii: "*")
    }
}
