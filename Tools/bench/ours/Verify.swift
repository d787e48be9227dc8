import Authentication
import DNS
import Dispatch
import Mail
import Synchronization

/// The verifiers' benchmarks: as many as there are in a second, with answers that are there at once.
enum Verify {
    private struct Canned: Resolver {
        let answers: [Question: Answer]
        func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
            answers[question] ?? Answer(question, .noSuchName)
        }
    }

    /// Verifications of a message's signature a second; the key is the same for every name.
    static func dkim(_ bytes: [UInt8], _ record: String) -> Double {
        let key = Question(Domain("s._domainkey.example.com"), .txt)
        let resolver = Canned(answers: [key: Answer(key, .records([.text([Array(record.utf8)])]))])
        return rate {
            let found = await DKIM.verify(Message(Source(exactly: bytes)), asking: resolver, at: DateTime(seconds: 0))
            return found.first?.result == .pass
        }
    }

    static func spf() -> Double {
        let zone = """
            example.com. IN TXT "v=spf1 mx include:a.example.net include:b.example.net -all"
            example.com. IN MX 10 mx.example.com.
            mx.example.com. IN A 192.0.2.10
            a.example.net. IN TXT "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/25 ~all"
            b.example.net. IN TXT "v=spf1 a:h.example.net ip4:192.0.2.128/25 ~all"
            h.example.net. IN A 192.0.2.20
            """
        guard let zone = try? Zone(zone), let client = IPAddress("192.0.2.200") else { return 0 }
        var answers: [Question: Answer] = [:]
        for (question, result) in zone.entries { if case .success(let answer) = result { answers[question] = answer } }
        let resolver = Canned(answers: answers)
        return rate {
            let request = SPF.Request(client: client, mailFrom: "ann@example.com", hello: "mail.example.com")
            return await SPF.evaluate(request, asking: resolver).result == .pass
        }
    }

    /// How often a second the work is done; 0 when it fails once.
    private static func rate(_ work: @escaping @Sendable () async -> Bool) -> Double {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex(0.0)
        Task {
            let clock = ContinuousClock()
            let start = clock.now
            var count = 0
            var isRight = true
            while isRight, clock.now - start < .seconds(1) {
                for _ in 0..<100 where isRight { isRight = await work() }
                count += 100
            }
            let seconds = Bench.seconds(clock.now - start)
            result.withLock { $0 = isRight ? Double(count) / seconds : 0 }
            done.signal()
        }
        done.wait()
        return result.withLock { $0 }
    }
}
