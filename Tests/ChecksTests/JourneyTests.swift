import Foundation
import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

/// A message that went through four real servers (scripts/mail-servers); what is read back is the way that it took.
struct JourneyTests {
    static let path = ProcessInfo.processInfo.environment["BACKSTAMP_TEST_JOURNEY"].flatMap { $0.isEmpty ? nil : $0 }

    private func inspection() throws -> Inspection {
        let bytes = try Data(contentsOf: URL(filePath: try #require(Self.path)))
        let message = Message(Source(exactly: Array(bytes)))
        let sent = try #require(message.date).value
        return Inspection(of: message, at: DateTime(seconds: sent.seconds + 86_400))
    }

    @Test(.enabled(if: path != nil, "skipped: no message of scripts/mail-servers"))
    func isReadAsItWasTaken() throws {
        let trace = try inspection().trace
        #expect(trace.unparsed.isEmpty && trace.skipped.isEmpty)
        let servers = ["OpenSMTPD", "Postfix", "Exim", "Exim"]
        #expect(zip(trace.hops, servers).allSatisfy { $0.dialect?.name.contains($1) == true })
        #expect(trace.hops.count == servers.count)
        #expect(
            trace.hops.map { $0.by?.value } == [
                "open.example.com", "post.example.org", "exim.example.net", "store.example.net",
            ])
        #expect(
            trace.hops.map { $0.peer.hello?.value } == [
                "client.example.com", "open.example.com", "post.example.org", "exim.example.net",
            ])
        #expect(
            trace.hops.map { $0.peer.address?.value.description } == [
                "192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.13",
            ])
        #expect(
            trace.hops.prefix(2).map { $0.peer.name.domain?.value.description } == [
                "client.example.com", "open.example.com",
            ])
        #expect(trace.hops.map { $0.tls?.value } == [nil, "TLS 1.3", "TLS 1.3", "TLS 1.3"])
        #expect(trace.hops.dropFirst().allSatisfy { $0.cipher?.value.contains("AES_256_GCM") == true })
        #expect(trace.hops.map { $0.transmission?.value.uppercased() } == ["ESMTP", "ESMTPS", "ESMTPS", "ESMTPS"])
        #expect(trace.hops.allSatisfy { $0.id != nil && $0.recipient?.value.contains("bob@example.net") == true })
        #expect(trace.hops.suffix(2).allSatisfy { $0.envelopeFrom?.value == "alice@example.com" })
    }

    /// Postfix held it for three seconds; the clock of the first Exim is an hour ahead.
    @Test(.enabled(if: path != nil, "skipped: no message of scripts/mail-servers"))
    func showsTheHoldAndTheWrongClock() throws {
        let inspection = try inspection()
        let trace = inspection.trace
        #expect(trace.skew?.clock.phrase.description == "the clock of exim.example.net")
        #expect(trace.skew?.hops == [2])
        // A machine under load takes its time.
        #expect((3595...3605).contains(trace.skew?.seconds ?? 0))
        #expect(trace.slowest == 2)
        #expect((3...15).contains(trace.hops[2].likelyDelay ?? 0))
        #expect((3...15).contains(trace.total ?? 0))
        // The servers' own ids hold the same times as their stamps.
        for hop in trace.hops.dropFirst() {
            let own = try #require(hop.idTime), stamp = try #require(hop.time?.value)
            #expect(abs(own.seconds - stamp.seconds) <= 2)
        }
        let found = Set(Report(inspection).entries.map(\.about.id))
        #expect(found.contains("wrong-clock"))
        let untrue: Set = [
            "alien-dialect", "foreign-queue-id", "queue-id-time-differs", "invented-protocol",
            "impossible-peer-address",
            "slow-hop",
        ]
        #expect(found.isDisjoint(with: untrue))
    }
}
