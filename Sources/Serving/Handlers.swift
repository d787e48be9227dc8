import DNS
import Glibc
import HTTPTypes
import HummingbirdCore
import Checks
import Inspection
import Intake
import Mail
import Phrases
import NIOCore
import Redaction
import Rendering

/// What is served: reports on messages that are sent here, of which nothing is kept.
struct Handlers: Sendable {
    let options: Server.Options
    let queue: RequestQueue
    /// The catalogue of checks as JSON.
    let checks = Catalogue.json()
    /// The interface described in OpenAPI 3.1.
    let description = String(decoding: PackageResources.openapi_json, as: UTF8.self)
        .replacing("\"@checks\"", with: Self.quoted(allChecks.map(\.about.id)))
        .replacing("\"@languages\"", with: Self.quoted(Language.all.map(\.id)))

    private static func quoted(_ ids: [String]) -> String { ids.map { "\"\($0)\"" }.joined(separator: ", ") }

    init(_ options: Server.Options) {
        self.options = options
        queue = RequestQueue(width: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))), line: 64)
    }

    /// A message as it was sent here, and how it is to be looked at.
    struct Work {
        var bytes: [UInt8]
        /// Whether it came through a text field.
        var isPasted = false
        var asksDNS = false
        var inspectionOptions: InspectionOptions
        /// Recorded answers, in place of the network's.
        var zone: Zone?
    }

    func inspectionOptions() -> InspectionOptions {
        var inspectionOptions = InspectionOptions(now: options.now())
        inspectionOptions.budget = options.budget
        return inspectionOptions
    }

    /// Reports on a message when it is its turn, and writes something of it.
    func report<Written: Sendable>(_ work: Work, _ write: @escaping @Sendable (Report) -> Written) async throws(Refusal)
        -> Written
    {
        try await inTurn(work) { source async throws(InspectionOptions.NoSuchMessage) in
            if let zone = work.zone {
                return write(try await work.inspectionOptions.report(on: source, asking: RecordedResolver(zone)))
            }
            guard work.asksDNS else { return write(try work.inspectionOptions.report(on: source)) }
            return write(try await work.inspectionOptions.report(on: source, asking: options.makeResolver()))
        }
    }

    /// The message with pseudonyms.
    func redacted(_ work: Work) async throws(Refusal) -> [UInt8] {
        try await inTurn(work) { source async throws(InspectionOptions.NoSuchMessage) in
            guard !Message(source).fields.isEmpty else {
                throw InspectionOptions.NoSuchMessage(
                    sentence: "There is no header section: this is no message to redact.")
            }
            return Redaction(of: source).bytes
        }
    }

    private func inTurn<Written: Sendable>(
        _ work: Work, _ act: @escaping @Sendable (Source) async throws(InspectionOptions.NoSuchMessage) -> Written
    ) async throws(Refusal) -> Written {
        if let other = UnreadableInput("This", holding: work.bytes) {
            throw Refusal(.unprocessableContent, other.sentence)
        }
        guard !work.bytes.isEmpty else { throw Refusal(.badRequest, "There is no message in the request.") }
        let passed = await queue.pass { () async -> Result<Written, InspectionOptions.NoSuchMessage> in
            do throws(InspectionOptions.NoSuchMessage) {
                return .success(try await act(Source(work.bytes, isPasted: work.isPasted, limits: options.limits)))
            } catch { return .failure(error) }
        }
        guard let passed else {
            throw Refusal(
                .serviceUnavailable, "Too many messages are being inspected; try again in a moment.", retryAfter: 2)
        }
        do throws(InspectionOptions.NoSuchMessage) { return try passed.get() } catch {
            throw Refusal(.unprocessableContent, error.sentence)
        }
    }

    /// The names that DNS would be asked about first: those whose answers are not there.
    func names(_ work: Work) async throws(Refusal) -> [String] {
        var work = work
        work.zone = Zone()
        return try await report(work) { report in
            var names: [String] = []
            for (question, _) in report.inspection.transcript where !names.contains(question.name.description) {
                if names.count < 100 { names.append(question.name.description) }
            }
            return names
        }
    }

    /// Bytes of the largest request: a message, and the form around it.
    var limit: Int { options.maximumUpload + (64 << 10) }

    var tooLong: Refusal {
        Refusal(
            .contentTooLarge,
            "The message is larger than \(options.maximumUpload >> 20) MB; backstamp inspect FILE takes larger ones.")
    }

    /// Reads a request's body to its end, unless it is too long or takes too long. One that stops coming is closed by the server.
    func body(_ request: Request) async throws(Refusal) -> [UInt8] {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .seconds(options.uploadTime))
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else { throw tooLong }
                guard clock.now < deadline else {
                    throw Refusal(
                        .requestTimeout, "The message did not arrive within \(options.uploadTime) seconds.")
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let refusal as Refusal { throw refusal } catch {
            throw Refusal(.badRequest, "The request could not be read to its end.")
        }
        return bytes
    }

    /// Reads options as users write them; the first item that is none is named.
    static func reading(_ read: () throws(BadItem) -> Void) throws(Refusal) {
        do throws(BadItem) { try read() } catch {
            throw Refusal(.badRequest, "“\(error.item)” is not \(error.wanted).")
        }
    }
}
