import Foundation
import Mail
import Testing

@testable import DNS

/// Replies that are wrong in every way that a hostile server may try: none is taken for an answer that it is not, and none does harm.
struct BrokenReplyTests {
    /// What follows the question in a reply, and how the header and the question are changed.
    enum Reply: String, CaseIterable {
        case sound, loop, pastEnd, longData, shortData, manyClaimed, otherQuestion, otherID, oneByte, empty, truncated
        case labelsWithDots, hugeText, otherOwner, wrongLength
    }

    /// A DNS server on loopback that answers every question in the way that the first label of its name says.
    private final class Server: Sendable {
        private let socket: LoopbackSocket
        var port: UInt16 { socket.port }

        init() throws {
            socket = try LoopbackSocket()
            let descriptor = socket.descriptor
            Thread.detachNewThread { Self.serve(descriptor) }
        }

        deinit { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }

        private static func serve(_ descriptor: Int32) {
            while true {
                var query = [UInt8](repeating: 0, count: 2048)
                var peer = sockaddr_storage()
                var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
                let count = withUnsafeMutablePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        recvfrom(descriptor, &query, query.count, 0, $0, &size)
                    }
                }
                guard count > 12 else { return }
                let reply = BrokenReplyTests.reply(to: Array(query[..<count]))
                _ = withUnsafePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        sendto(descriptor, reply, reply.count, Int32(MSG_NOSIGNAL), $0, size)
                    }
                }
            }
        }
    }

    // RFC 1035 §4.1
    private static func reply(to query: [UInt8]) -> [UInt8] {
        var end = 12
        while end < query.count, query[end] != 0 { end += Int(query[end]) + 1 }
        end = min(end + 5, query.count)
        let question = Array(query[12..<end])
        let label = question.isEmpty ? [] : Array(question.dropFirst().prefix(Int(question[0])))
        let name = String(decoding: label, as: UTF8.self)
        let kind = Reply.allCases.first { $0.rawValue.lowercased() == name } ?? .empty
        let type = Array(question.suffix(4).prefix(2))
        func header(_ answers: UInt16, flags: UInt16 = 0x8580) -> [UInt8] {
            Array(query[..<2])
                + [
                    UInt8(flags >> 8), UInt8(flags & 0xFF), 0, 1, UInt8(answers >> 8), UInt8(answers & 0xFF), 0, 0, 0,
                    0,
                ]
        }
        func record(_ data: [UInt8], owner: [UInt8] = [0xC0, 12], length: Int? = nil) -> [UInt8] {
            let length = length ?? data.count
            return owner + type + [0, 1, 0, 0, 1, 0x2C, UInt8(length >> 8), UInt8(length & 0xFF)] + data
        }
        let address: [UInt8] = [192, 0, 2, 1]
        let next = UInt8(12 + question.count)
        switch kind {
        case .sound: return header(1) + question + record(address)
        case .loop: return header(1) + question + record(address, owner: [0xC0, next])
        case .pastEnd: return header(1) + question + record(address, owner: [0xFF, 0xFF])
        case .longData: return header(1) + question + record(address, length: 65_535)
        case .shortData: return header(1) + question + record([192], length: 4)
        case .manyClaimed: return header(1000) + question + record(address)
        case .otherQuestion:
            return header(1) + [5] + Array("other".utf8) + Array(question.dropFirst(label.count + 1)) + record(address)
        case .otherID:
            return [query[0] ^ 0xFF, query[1]] + Array((header(1) + question + record(address)).dropFirst(2))
        case .oneByte: return [0]
        case .empty: return header(0) + question
        case .truncated: return header(0, flags: 0x8780) + question
        case .labelsWithDots:
            return header(1) + question + record([0, 10, 3, 0x61, 0x2E, 0x62, 3, 0x00, 0x0A, 0x63, 0])
        case .hugeText: return header(1) + question + record([255] + [UInt8](repeating: 0x61, count: 10))
        case .otherOwner: return header(1) + question + record(address, owner: [4] + Array("evil".utf8) + [0])
        case .wrongLength: return header(1) + question + record([192, 0, 2, 1, 9])
        }
    }

    @Test(arguments: Reply.allCases)
    func noneDoesHarm(_ kind: Reply) async throws {
        let server = try Server()
        let type: RecordType =
            switch kind {
            case .labelsWithDots: .mx
            case .hugeText: .txt
            default: .a
            }
        let address = try #require(NameServer("127.0.0.1:\(server.port)"))
        // Silence costs all of it.
        let isAnswered = [.sound, .empty, .labelsWithDots].contains(kind)
        let resolver = try #require(
            UnboundResolver(asking: [address], isExplicit: true, budget: isAnswered ? 60 : 2))
        var found: Result<Answer, ResolutionFailure>
        do throws(ResolutionFailure) {
            found = .success(try await resolver.answer(Question(Domain("\(kind.rawValue).example"), type)))
        } catch {
            found = .failure(error)
        }
        switch kind {
        case .sound: #expect(try found.get().addresses.map(\.description) == ["192.0.2.1"])
        case .empty: #expect(try found.get().outcome == .noData)
        case .labelsWithDots:
            // A dot or a NUL inside of a label divides nothing.
            let hosts = try found.get().records.map(\.description)
            #expect(hosts == ["10 a\\046b.\\000\\010c."])
        default:
            // No address that was not the answer to the question; whether the library calls it silence or a failure is its own business.
            #expect((try? found.get())?.addresses.isEmpty != false, "\(found)")
            #expect((try? found.get())?.texts.isEmpty != false, "\(found)")
        }
        withExtendedLifetime(server) {}
    }
}
