import Foundation

/// The program serving its page, and raw HTTP to it.
final class RunningServer: Sendable {
    private let process = Process()
    let port: Int

    /// Starts it on a port that is free; `nil` when it does not say so.
    init?(_ arguments: [String] = []) throws {
        process.executableURL = URL(filePath: Command.binary ?? "")
        process.arguments = ["serve", "--port", "0", "--quiet", "--offline"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let number = line.split(separator: ":").last.flatMap({ Int($0.filter(\.isNumber)) }) else {
            process.terminate()
            return nil
        }
        port = number
    }

    deinit { process.terminate() }

    /// Tells it to stop, and says how it ended.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    struct Reply {
        let status: Int
        let head: String
        let body: String

        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    /// Sends bytes and reads all there is until the server closes, or for so many seconds.
    func exchange(_ request: String, seconds: Int = 5) throws -> Reply {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let isOpen = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isOpen else { throw POSIXError(.ECONNREFUSED) }
        var bytes = Array(request.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { break }
            bytes = bytes.dropFirst(sent)
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        let text = String(decoding: received, as: UTF8.self)
        let parts = text.components(separatedBy: "\r\n\r\n")
        let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Reply(status: status, head: parts.first ?? "", body: parts.dropFirst().joined(separator: "\r\n\r\n"))
    }

    /// A whole request; its connection is closed after the answer.
    func ask(_ method: String, _ path: String, _ fields: [String: String] = [:], body: String = "") throws -> Reply {
        var fields = fields
        if fields["Host"] == nil { fields["Host"] = "127.0.0.1:\(port)" }
        if method == "POST", fields["Content-Length"] == nil { fields["Content-Length"] = "\(body.utf8.count)" }
        let lines = fields.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return try exchange("\(method) \(path) HTTP/1.1\r\n\(lines)Connection: close\r\n\r\n\(body)")
    }

    /// The page's form, filled in.
    func form(_ values: [(name: String, value: String)], _ fields: [String: String] = [:]) throws -> Reply {
        let body = values.map { "--xx\r\nContent-Disposition: form-data; name=\"\($0.name)\"\r\n\r\n\($0.value)\r\n" }
            .joined()
        let type = ["Content-Type": "multipart/form-data; boundary=xx"]
        return try ask("POST", "/inspect", type.merging(fields) { $1 }, body: body + "--xx--\r\n")
    }

    func token() throws -> String {
        let page = try ask("GET", "/").body
        return page.components(separatedBy: "name=\"token\" value=\"").last.map { String($0.prefix { $0 != "\"" }) }
            ?? ""
    }
}
