import Glibc
import Mail
package import Phrases

/// A resolver's address and port, as `/etc/resolv.conf` or a user names it.
package struct NameServer: Hashable, Sendable, CustomStringConvertible {
    /// As written, with the zone of a link-local address.
    package let address: String
    package let port: UInt16

    // ADDRESS[:PORT], [V6ADDRESS]:PORT
    package init?(_ text: String) {
        var host = Substring(text)
        var port: UInt16 = 53
        if text.hasPrefix("["), let close = text.lastIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<close]
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty {
                guard let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
                port = number
            }
        } else if text.filter({ $0 == ":" }).count == 1, let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else { return nil }
            port = number
        }
        guard IPAddress(String(host)) != nil else { return nil }
        self.address = String(host)
        self.port = port
    }

    package var description: String {
        let host = address.contains(":") ? "[\(address)]" : address
        return port == 53 ? address : "\(host):\(port)"
    }

    /// The servers of a resolver configuration, resolv.conf(5), of which the C library uses three.
    package static func configured(in text: String) -> [NameServer] {
        text.split { $0 == "\n" || $0 == "\r\n" }.compactMap { line -> NameServer? in
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count >= 2, words[0] == "nameserver" else { return nil }
            return NameServer(words[1].contains(":") ? "[\(words[1])]" : String(words[1]))
        }.prefix(3).map { $0 }
    }

    /// Why none of the servers can be reached, if that shows at once: no route, or a port that refuses.
    ///
    /// Sends each one a question for the root's name servers and waits for the first sign, at most 60 ms: a resolving
    /// library takes such an error for silence and uses up its whole time.
    package static func whyUnreachable(_ servers: [NameServer]) -> Phrase? {
        guard !servers.isEmpty else { return "no resolver is configured in /etc/resolv.conf" }
        var reasons: [Phrase] = []
        var waiting: [(server: NameServer, socket: Int32)] = []
        defer { for (_, socket) in waiting { close(socket) } }
        for server in servers {
            switch server.connected() {
            case .success(let socket): waiting.append((server, socket))
            case .failure(let reason): reasons.append("\(term: server.description) \(reason.text)")
            }
        }
        var remaining: Int32 = 60
        while !waiting.isEmpty, remaining > 0 {
            var descriptors = waiting.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
            guard poll(&descriptors, nfds_t(descriptors.count), 10) >= 0 else { break }
            remaining -= 10
            for (index, descriptor) in descriptors.enumerated().reversed() where descriptor.revents != 0 {
                var byte: UInt8 = 0
                guard recv(descriptor.fd, &byte, 1, Int32(MSG_DONTWAIT)) < 0 else { return nil }
                reasons.append("\(term: waiting[index].server.description) \(Reason(errno).text)")
                close(waiting[index].socket)
                waiting.remove(at: index)
            }
        }
        // Silence is not yet a failure.
        return waiting.isEmpty ? "the resolver \(list: reasons)" : nil
    }

    private struct Reason: Error {
        let text: Phrase

        init(_ code: Int32) {
            text =
                switch code {
                case ECONNREFUSED: "refuses connections"
                case ENETUNREACH: "cannot be reached: no route to its network"
                case EHOSTUNREACH: "cannot be reached: no route to it"
                default: "cannot be reached: \(term: String(cString: strerror(code)))"
                }
        }
    }

    private func connected() -> Result<Int32, Reason> {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let info = found else {
            return .failure(Reason(EHOSTUNREACH))
        }
        defer { freeaddrinfo(info) }
        let descriptor = socket(info.pointee.ai_family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return .failure(Reason(errno)) }
        // ". IN NS", recursion desired. RFC 1035 §4.1
        let query: [UInt8] = [0xB5, 0x01, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]
        if connect(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) != 0
            || send(descriptor, query, query.count, Int32(MSG_NOSIGNAL)) < 0
        {
            let reason = Reason(errno)
            close(descriptor)
            return .failure(reason)
        }
        return .success(descriptor)
    }
}
