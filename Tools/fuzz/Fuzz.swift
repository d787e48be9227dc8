import Authentication
import Content
import DNS
import Dispatch
import Checks
import Glibc
import Inspection
import Mail
import Redaction
import Rendering

/// What libFuzzer calls with each input. The target is named in `FUZZ_TARGET`; an odd first byte maps the others into the small
/// alphabet of mail, where grammars are met more often.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let given = UnsafeBufferPointer(start: start, count: count)
    var bytes = Array(given.dropFirst())
    if given[0] & 1 == 1 { bytes = bytes.map { Fuzz.alphabet[Int($0) % Fuzz.alphabet.count] } }
    Fuzz.target(bytes)
    return 0
}

// The package manager names the program's main so; libFuzzer's driver does the rest.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_cdecl("fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, testOneInput)
}

enum Fuzz {
    static let alphabet = Array(
        "0123456789abcdefgmnopqrstuvxyzABCDEF:;=-_<>@()[]{}\",.'?*%/\\+! \t\r\n\n\r\n\u{0}".utf8)

    static let target: @Sendable ([UInt8]) -> Void = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "message"
        guard let target = targets[name] else {
            print("there is no target \(name): \(targets.keys.sorted().joined(separator: " "))")
            exit(2)
        }
        return target
    }()

    static let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "header": { bytes in
            let message = Message(Source(bytes))
            for field in message.fields { precondition(field.range.upperBound <= message.source.bytes.count) }
        },
        "addresses": { bytes in
            read(AddressList.self, bytes)
            read(AddrSpec.self, bytes)
            read(ReturnPath.self, bytes)
            read(MessageID.self, bytes)
            read(MessageIDList.self, bytes)
            read(ListID.self, bytes)
            read(ListURLs.self, bytes)
        },
        "words": { bytes in
            let source = Source(exactly: bytes)
            _ = source.decodedText(0..<bytes.count).printable
            read(UnstructuredText.self, bytes)
        },
        "parameters": { bytes in
            read(ContentType.self, bytes)
            read(ContentDisposition.self, bytes)
            read(DKIMSignature.self, bytes)
            read(AuthenticationResults.self, bytes)
        },
        "html": { bytes in
            let document = HTMLDocument(bytes)
            for one in document.references + document.disagreements.map(\.reference) {
                precondition(one.tag.lowerBound >= 0 && one.tag.upperBound <= bytes.count)
                _ = WebAddress(one.target)
            }
        },
        "urls": { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let address = WebAddress(text) {
                _ = (address.isDisputed, address.domain?.organisational, address.domain?.imitation)
                precondition(LinkWrapper.unwrapped(address).count <= 4)
            }
            for one in TextLinks.all(in: Array(text.utf8)) { precondition(one.range.upperBound <= text.utf8.count) }
            precondition(!text.defanged.contains("http://"))
        },
        "archives": { bytes in
            // The body of a part as it is: archives, documents and pictures are told by their bytes.
            part("application/octet-stream", bytes)
        },
        "names": { bytes in
            part("application/octet-stream; name=\"\(String(decoding: bytes.prefix(400), as: UTF8.self))\"", bytes)
        },
        "redact": { bytes in
            let once = Redaction(of: Source(bytes)).bytes
            precondition(once == Redaction(of: Source(bytes)).bytes)
        },
        "cards": { bytes in part("text/calendar", bytes) },
        "received": { bytes in
            read(Received.self, bytes)
            let trace = Trace(Message(Source(exactly: Array("Received: ".utf8) + bytes)))
            for hop in trace.hops {
                _ = hop.idTime
                if let word = hop.envelopeFrom ?? hop.cipher {
                    precondition(hop.field.value.contains(word.range.lowerBound))
                }
            }
        },
        "policies": { bytes in
            // The records of DNS are anybody's, too: the second half answers every question, the first is the message.
            let half = bytes.count / 2
            let resolver = Same(text: Array(bytes[half...]))
            let message = Message(Source(exactly: Array(bytes[..<half])))
            let done = DispatchSemaphore(value: 0)
            Task {
                let now = DateTime(seconds: 1_795_165_200)
                if let client = IPAddress("192.0.2.1") {
                    let request = SPF.Request(client: client, mailFrom: "a.b+c@example.com", hello: "mail.example.com")
                    let found = await SPF.evaluate(request, asking: resolver)
                    precondition(found.lookups <= 11)
                }
                let domain = Domain("a.b.c.example.com")
                let policy = await DMARC.evaluate(author: domain, [], asking: resolver)
                precondition(policy.asked.count <= 8)
                for one in await DKIM.verify(message, asking: resolver, at: now) {
                    precondition(one.uncovered.map { $0.upperBound <= half } ?? true)
                }
                _ = await ARC.verify(message, asking: resolver, at: now)
                _ = DKIM.state(ofKey: resolver.text)
                done.signal()
            }
            done.wait()
        },
        "dates": { bytes in
            guard let date = try? Source(exactly: bytes).read(DateTime.self, in: 0..<bytes.count).get() else { return }
            precondition(DateTime(rfc3339: date.description)?.seconds == date.seconds || date.seconds < 0)
        },
        "tree": { bytes in
            let message = Message(Source(exactly: bytes))
            for part in message.parts {
                precondition(part.header.upperBound == part.body.lowerBound)
                precondition(part.messageRange(of: part.body).upperBound <= bytes.count)
            }
            _ = message.ambiguities
        },
        "encodings": { bytes in
            let source = Source(exactly: bytes)
            for encoding in [TransferEncoding.base64, .quotedPrintable, .uuencode, .yEnc] {
                let plain = source.decode(0..<bytes.count, from: encoding)
                let mapped = source.decode(0..<bytes.count, from: encoding, mapped: true)
                precondition(plain.bytes == mapped.bytes)
                precondition(mapped.map.encoded(0..<mapped.bytes.count).upperBound <= bytes.count)
            }
            _ = EmbeddedFile.all(in: bytes)
            _ = TNEF.attachments(in: bytes)
        },
        "charsets": { bytes in
            for charset in Charset.all {
                let (decoded, map) = charset.decodeMapped(bytes[...])
                precondition(String(validating: decoded.utf8, as: UTF8.self) != nil)
                precondition(map.encoded(0..<decoded.utf8.count).upperBound <= bytes.count)
            }
            _ = Charset.guess(bytes)
        },
        "message": { bytes in
            let now = DateTime(seconds: 1_795_165_200)
            let message = Message(Source(bytes))
            let inside = message.inner().map(\.message) + [message.pastedInBody].compactMap { $0 }
            let others = inside.map { Report(Inspection(of: $0, at: now)) }
            for other in others {
                for case .bytes(let range, _) in other.entries.flatMap(\.finding.evidence) {
                    precondition(other.inspection.message.source.inputRange(of: range).upperBound <= bytes.count)
                }
            }
            let report = Report(Inspection(of: message, at: now), others: others)
            for format in Format.allCases { _ = report.written(as: format) }
        },
    ]

    /// A message of one part, all checks over it.
    private static func part(_ type: String, _ body: [UInt8]) {
        let header = "From: <a@example.com>\r\nContent-Type: \(type)\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        let message = Message(Source(exactly: Array(header.utf8) + body))
        _ = Report(Inspection(of: message, at: DateTime(seconds: 1_795_165_200))).written(as: .json)
        _ = ExtractedFile.all(in: message)
    }

    private static func read<Value: Readable>(_: Value.Type, _ bytes: [UInt8]) {
        _ = Source(exactly: bytes).read(Value.self, in: 0..<bytes.count)
    }
}

/// One TXT record for every name.
private struct Same: Resolver {
    let text: [UInt8]
    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        Answer(question, question.type == .txt ? .records([.text([text])]) : .noData)
    }
}
