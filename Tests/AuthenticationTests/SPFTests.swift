import Authentication
import DNS
import Mail
import Testing

struct SPFTests {
    private func evaluate(
        _ resolver: CountingResolver, _ mailFrom: String = "a@example.com", client: String = "192.0.2.1"
    ) async throws
        -> SPF.Evaluation
    {
        let address = try #require(IPAddress(client))
        return await SPF.evaluate(
            SPF.Request(client: address, mailFrom: mailFrom, hello: "mail.example.org"), asking: resolver)
    }

    @Test(
        arguments: [
            ("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.1", MethodResult.pass),
            ("v=spf1 ip6:2001:db8::/32 ~all", "2001:db8::1", .pass),
            ("v=spf1 ip4:192.0.2.0/33 -all", "192.0.2.1", .permerror),
            ("v=spf1 a/24//64 -all", "198.51.100.200", .pass), ("v=spf1 a/24//64 -all", "198.51.101.1", .fail),
            ("v=spf1 ip4:192.0.2.1 foo -all", "192.0.2.1", .permerror), ("v=spf1 foo=bar ?all", "192.0.2.1", .neutral),
            ("v=spf1 exists:%{ir}.list.example.com -all", "192.0.2.9", .pass),
            ("v=spf1 a:%{x}.example.com", "192.0.2.1", .permerror),
            ("v=spf1 redirect=none.example.com", "192.0.2.1", .permerror), ("v=spf1", "192.0.2.1", .neutral),
            ("v=spf10 -all", "192.0.2.1", MethodResult.none),
        ])
    func policies(_ record: String, _ client: String, _ expected: MethodResult) async throws {
        let resolver = try CountingResolver(
            """
            example.com. IN TXT "\(record)"
            example.com. IN A 198.51.100.1
            9.2.0.192.list.example.com. IN A 127.0.0.2
            """)
        #expect(try await evaluate(resolver, client: client).result == expected)
    }

    /// The result, and what was tried on the way to it.
    @Test func theTreeOfTerms() async throws {
        let resolver = try CountingResolver(
            """
            example.com. IN TXT "v=spf1 mx include:other.example.net -all"
            example.com. IN MX NODATA
            other.example.net. IN TXT "v=spf1 ip4:198.51.100.1 ip4:192.0.2.1 -all"
            """)
        let found = try await evaluate(resolver)
        #expect(found.result == .pass && found.lookups == 2 && found.voidLookups == 1)
        let steps = found.policy?.steps ?? []
        #expect(steps.map(\.term) == ["mx", "include:other.example.net"] && steps.map(\.isMatch) == [false, true])
        #expect(steps.last?.policy?.steps.map(\.isMatch) == [false, true])
    }

    /// Five things that DNS can do are not one: no name, no data, a failure, silence and bogus data.
    @Test(arguments: [
        ("NXDOMAIN", MethodResult.none, false), ("NODATA", .none, false), ("SERVFAIL", .temperror, true),
        ("TIMEOUT", .temperror, true), ("BOGUS", .temperror, true),
    ])
    func failuresOfDNS(_ outcome: String, _ expected: MethodResult, _ isTrouble: Bool) async throws {
        let found = try await evaluate(try CountingResolver("example.com. IN TXT \(outcome)"))
        #expect(found.result == expected && (found.trouble != nil) == isTrouble)
    }

    // MARK: Zones built to amplify

    /// However a zone is built, an evaluation asks no more than its own limits: 10 terms, each with 10 names at the most.
    @Test func noZoneAmplifies() async throws {
        let loop = try CountingResolver("example.com. IN TXT \"v=spf1 include:example.com -all\"")
        #expect(try await evaluate(loop).result == .permerror)
        #expect(loop.questions.count <= 11)

        let fan = (0..<10).map { "include:\($0).example.com" }.joined(separator: " ")
        let wide = try CountingResolver { question in
            question.type == .txt
                ? Answer(question, .records([.text([Array("v=spf1 \(fan) -all".utf8)])])) : Answer(question, .noData)
        }
        #expect(try await evaluate(wide).result == .permerror)
        #expect(wide.questions.count <= 11)

        let hosts = try CountingResolver { question in
            switch question.type {
            case .txt:
                Answer(
                    question,
                    .records([.text([Array("v=spf1 mx mx:a.example.com mx:b.example.com mx:c.example.com -all".utf8)])])
                )
            case .mx:
                Answer(
                    question,
                    .records((0..<10).map { .mailExchange(preference: $0, host: Domain("\($0).\(question.name)")) }))
            default:
                Answer(question, .records((0..<200).compactMap { IPAddress("203.0.113.\($0)") }.map { .address($0) }))
            }
        }
        #expect(try await evaluate(hosts).result == .fail)
        #expect(hosts.questions.count <= 1 + 4 * 11)

        let names = try CountingResolver { question in
            switch question.type {
            case .txt:
                Answer(
                    question,
                    .records([.text([Array("v=spf1 ptr ptr:a.example.com exists:%{p}.example.com -all".utf8)])]))
            case .ptr: Answer(question, .records((0..<1000).map { .host(Domain("h\($0).example.net")) }))
            default: Answer(question, .noData)
            }
        }
        _ = try await evaluate(names)
        #expect(names.questions.count <= 1 + 11 + 3)
    }

    /// A name of a million bytes, macros that grow, terms without end: all end at once, and nothing odd is asked.
    @Test func longRecordsEnd() async throws {
        let macros = String(repeating: "%{s}", count: 5_000)
        let local = String(repeating: "x", count: 5_000)
        let resolver = try CountingResolver { question in
            Answer(
                question,
                question.type == .txt ? .records([.text([Array("v=spf1 a:\(macros).example.com -all".utf8)])]) : .noData
            )
        }
        #expect(try await evaluate(resolver, "\(local)@example.com").result == .fail)
        #expect(resolver.questions.count <= 2)
        let terms = String(repeating: "ip4:198.51.100.1 ", count: 100_000)
        let many = try CountingResolver { question in
            Answer(question, .records([.text([Array("v=spf1 \(terms)-all".utf8)])]))
        }
        #expect(try await evaluate(many).result == .fail)
    }
}
