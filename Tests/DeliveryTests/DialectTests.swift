import Foundation
import Mail
import Testing

@testable import Delivery

struct DialectTests {
    struct Case: CustomTestStringConvertible {
        let dialect: any Dialect
        let sample: DialectSample
        var testDescription: String { "\(dialect.name): \(sample.line.prefix(60))" }
    }

    static let cases = allDialects.flatMap { dialect in dialect.samples.map { Case(dialect: dialect, sample: $0) } }

    /// Every sample is known for its server's, and read as it says; with the id's time near the stamp's.
    @Test(arguments: cases)
    func readsItsSamples(_ item: Case) throws {
        let text = "Received: \(item.sample.line)\r\nFrom: <a@example.com>\r\n\r\n"
        let source = Source(exactly: Array(text.utf8))
        let message = Message(source)
        let field = try #require(message.fields.first)
        let received = try source.read(Received.self, in: field.value).get()
        let line = ReceivedLine(received, field)
        let hop = Hop(HopReading(line, field, line.dialect))
        #expect(hop.dialect?.name == item.dialect.name)
        #expect(hop.peer.hello?.value == item.sample.hello)
        #expect(hop.peer.name.domain?.value.description == item.sample.name)
        #expect(hop.peer.address?.value.description == item.sample.address)
        #expect(
            hop.time?.value.description == "2026-11-20T09:00:00Z"
                || hop.time?.value.description == "2026-11-20T09:00:02Z")
        // Ids in the samples are as old as they are; only their shape counts.
        if let id = hop.id, let isOwn = item.dialect.isOwn(id: id.value) { #expect(isOwn, "\(id.value)") }
    }

    /// What a client says of itself, and whom a message is for, is no mark of the server that writes the line.
    @Test(arguments: [
        "mail-x.prod.outlook.com", "getmail.example", "fetchmail.example", "smtpsvc.example", "mx.qq.com",
        "barracuda.example",
        "mta1.mail.yahoo.com", "o1.sendgrid.net", "smtp.salesforce.com", "mout.gmx.net", "amavis.example",
        "x.pphosted.com",
        "mailgun.example", "powermta.example", "mail-a.google.com",
    ])
    func ignoresWhatTheClientChose(_ name: String) throws {
        let lines = [
            "from \(name) (\(name) [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 4jX2ZJ2C5Sz23 for <b@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
            "from h.example (h.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 4jX2ZJ2C5Sz23 for <\(name)@\(name)>; Fri, 20 Nov 2026 09:00:00 +0000",
            "from h.example (h.example [192.0.2.1]) by mx.example.org (Postfix) (envelope-from <b@\(name)>) with ESMTP id 4jX2ZJ2C5Sz23; Fri, 20 Nov 2026 09:00:00 +0000",
        ]
        for line in lines {
            let trace = Trace(
                Message(Source(exactly: Array("Received: \(line)\r\nFrom: <a@example.com>\r\n\r\n".utf8))))
            #expect(trace.skipped.isEmpty)
            #expect(trace.hops.map { $0.dialect?.name } == ["Postfix"], "\(line)")
        }
    }

    @Test func everyFileIsAListedDialect() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Delivery/Dialects").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
            .map { String($0.dropLast(6)) }
        #expect(Set(files) == Set(allDialects.map { "\(type(of: $0))" } + ["Dialect", "AllDialects"]))
        #expect(allDialects.allSatisfy { !$0.samples.isEmpty })
    }

    /// Times that ids hold.
    @Test(
        arguments: [
            ("Exim", "1qRjuq-00A9Xw-0M", "2023-08-04"), ("Gmail", "h21-2002a0sor.6.2023.07.28.12.25.21", "2023-07-28"),
            ("Domino", "2019050615032991-10027949", "2019-05-06"),
            ("SendGrid", "filter0430p1iad2-24881-5C0E517F-22", "2018-12-10"),
            ("Courier", "000000DB.43735815.00001E11", "2005-11-10"),
            ("Mailgun", "64c287db8eae254b7ee92baf", "2023-07-27"),
            ("sendmail", "h2F0c2x31856", "2003-03-15"), ("Exim", "not-an-id", nil), ("Gmail", "x", nil),
        ] as [(String, String, String?)])
    func idTimes(_ name: String, _ id: String, _ day: String?) throws {
        let dialect = try #require(allDialects.first { $0.name == name })
        let near = day.flatMap { DateTime(rfc3339: $0 + "T12:00:00Z") }
        #expect(dialect.time(inID: id, near: near)?.description.prefix(10) == day.map { $0[...] })
    }
}
