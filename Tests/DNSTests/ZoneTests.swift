import Mail
import Testing

@testable import DNS

struct ZoneTests {
    private func zone(_ text: String) throws -> Zone { try Zone(text) }

    @Test func recordsAreRead() throws {
        let zone = try zone(
            """
            $TIME 2026-11-20T09:00:00Z                       ; taken as now
            example.com.         300 IN MX  10 mx.example.com.            ; secure
            example.com.         300 IN MX  20 mx2.example.com.           ; secure
            mx.example.com.      300 IN A   192.0.2.25                    ; no mark
            mx.example.com.      IN AAAA 2001:db8::25
            example.com IN TXT "v=spf1 -all; x" "two \\"q\\" \\065"
            25.2.0.192.in-addr.arpa. PTR mx.example.com.
            """)
        #expect(zone.time?.description == "2026-11-20T09:00:00Z")
        let mail = try #require(try zone[Question(Domain("EXAMPLE.com"), .mx)]?.get())
        #expect(mail.records.count == 2)
        #expect(mail.security == .secure)
        #expect(mail.timeToLive == 300)
        #expect(try zone[Question(Domain("mx.example.com"), .a)]?.get().addresses.map(\.description) == ["192.0.2.25"])
        #expect(
            try zone[Question(Domain("example.com"), .txt)]?.get().records
                == [.text([Array("v=spf1 -all; x".utf8), Array("two \"q\" A".utf8)])])
    }

    /// Five failures stay five things, and what is not recorded is a sixth.
    @Test func failuresStayApart() async throws {
        let resolver = RecordedResolver(
            try zone(
                """
                a.example. IN A NXDOMAIN
                b.example. IN A NODATA
                c.example. IN A SERVFAIL
                d.example. IN A TIMEOUT
                e.example. IN A BOGUS
                """))
        func ask(_ name: String, _ type: RecordType = .a) async -> Result<Answer, ResolutionFailure> {
            do throws(ResolutionFailure) {
                return .success(try await resolver.answer(Question(Domain(name), type)))
            } catch {
                return .failure(error)
            }
        }
        #expect(try await ask("a.example").get().outcome == .noSuchName)
        #expect(try await ask("a.example", .mx).get().outcome == .noSuchName)
        #expect(try await ask("b.example").get().outcome == .noData)
        #expect(await ask("b.example", .mx) == .failure(.notRecorded))
        #expect(await ask("c.example") == .failure(.serverFailed))
        #expect(await ask("d.example") == .failure(.timedOut))
        #expect(await ask("e.example") == .failure(.bogus))
        #expect(await ask("f.example") == .failure(.notRecorded))
    }

    @Test func aliasesAreFollowedAndLoopsEnd() throws {
        let zone = try zone(
            "a.example. IN CNAME b.example.\nb.example. IN A 192.0.2.1\nx.example. CNAME y.example.\ny.example. CNAME x.example."
        )
        #expect(try zone[Question(Domain("a.example"), .a)]?.get().addresses.count == 1)
        #expect(zone[Question(Domain("x.example"), .a)] == .failure(.serverFailed))
    }

    @Test(arguments: [
        ("nonsense", 1), ("\nexample.com. IN A 1.2.3", 2), ("a.example. IN MX ten b.example.", 1),
        ("$TIME yesterday", 1),
        ("a.example. IN TXT \"open", 1), ("a.example. IN A 2001:db8::1", 1),
    ])
    func badLinesAreNamed(_ text: String, _ line: Int) {
        do throws(Zone.BadLine) {
            _ = try Zone(text)
            Issue.record("read \(text)")
        } catch { #expect(error.line == line) }
    }

    @Test func whatIsWrittenReadsBack() throws {
        let text = """
            $TIME 2026-11-20T09:00:00Z
            a.example. 300 IN MX 10 b.example.  ; secure
            b.example. IN A NXDOMAIN
            c.example. IN TXT "x \\"y\\" \\\\ \\200"
            d.example. IN A TIMEOUT

            """
        #expect(try zone(text).description == text)
    }

    @Test func namesAreLookedAtBeforeTheyAreAsked() async throws {
        let resolver = RememberingResolver(RecordedResolver(try zone("a.example. IN A 192.0.2.1")), limit: 2)
        for name in [
            "a b.example", "a..example", String(repeating: "a", count: 64) + ".example", "a(x).example", "",
            "ex\0ample.com",
        ] {
            await #expect(throws: ResolutionFailure.notAName) { try await resolver.answer(Question(Domain(name), .a)) }
        }
        _ = try await resolver.answer(Question(Domain("a.example"), .a))
        _ = try await resolver.answer(Question(Domain("a.example"), .a))
        #expect(await resolver.transcript().count == 1)
        await #expect(throws: ResolutionFailure.notRecorded) {
            try await resolver.answer(Question(Domain("b.example"), .a))
        }
        await #expect(throws: ResolutionFailure.tooMany) {
            try await resolver.answer(Question(Domain("c.example"), .a))
        }
    }
}
