import CUnbound
import Dispatch
import Mail

/// Asks the network, through libunbound, which validates DNSSEC.
///
/// All questions share one budget of time that begins with the first: whoever does not answer costs it once.
package final class UnboundResolver: Resolver {
    private let session: Session

    /// Whether libunbound is there.
    package static var isThere: Bool { backstamp_unbound_is_there() != 0 }

    /// - Parameters:
    ///   - servers: who is asked.
    ///   - isExplicit: whether the user named them; then they are also asked for the names that RFC 6761 and 6303 reserve.
    ///   - budget: seconds for all questions together.
    ///   - anchor: what DNSSEC signatures have to lead to.
    package init?(
        asking servers: [NameServer], isExplicit: Bool, budget: Double, trusting anchor: TrustAnchor = .root
    ) {
        guard let session = Session(asking: servers, isExplicit: isExplicit, budget: budget, anchor) else { return nil }
        self.session = session
    }

    /// A zone whose keys are known beforehand. RFC 4033 §2
    package struct TrustAnchor: Sendable {
        let zone: String
        /// A file of DS or DNSKEY records.
        let file: String

        package init(zone: String, file: String) { (self.zone, self.file) = (zone, file) }

        /// From the package dns-root-data; without it answers stay unvalidated and say so.
        package static let root = TrustAnchor(zone: ".", file: "/usr/share/dns/root.key")
    }

    deinit { session.close() }

    package func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        try await session.answer(question).get()
    }
}

/// A question on its way. It lives until the library is done with it or is closed.
private final class Ticket {
    let session: Session
    let number: Int
    let question: Question
    /// What the library hands back with the answer.
    let handle: UnsafeMutablePointer<BackstampQuestion>
    private var done: ((Result<Answer, ResolutionFailure>) -> Void)?

    init(
        _ session: Session, _ number: Int, _ question: Question,
        _ done: @escaping (Result<Answer, ResolutionFailure>) -> Void
    ) {
        self.session = session
        self.number = number
        self.question = question
        self.done = done
        handle = .allocate(capacity: 1)
        handle.initialize(
            to: BackstampQuestion(
                answered: { ticket, answer in
                    guard let ticket else { return }
                    Unmanaged<Ticket>.fromOpaque(ticket).takeUnretainedValue().answered(answer?.pointee)
                }, ticket: Unmanaged.passUnretained(self).toOpaque()))
    }

    deinit { handle.deallocate() }

    private func answered(_ answer: BackstampAnswer?) {
        session.take(Session.result(answer, question), for: self)
    }

    func finish(_ result: Result<Answer, ResolutionFailure>) {
        done?(result)
        done = nil
    }
}

/// The library's context, with all that belongs to it.
///
/// It outlives its resolver by a moment: whoever got the last answer may let go of the resolver while the library is
/// still handing that answer over. It is closed on its own queue, after that.
private final class Session: @unchecked Sendable {
    // Unchecked: every variable below is only touched on `queue`.
    private let queue = DispatchQueue(label: "backstamp.dns")
    private let context: OpaquePointer
    private let budget: Double
    private let events: any DispatchSourceRead
    private var waiting: [Int: Ticket] = [:]
    private var lastTicket = 0
    private var hasStarted = false
    private var isOver = false
    private let anchor: UnboundResolver.TrustAnchor
    /// Whether signatures come through to us: what is not signed is proven to be so then. `nil` while it is not known.
    private var isValidating: Bool?
    /// Answers that are not signed, until that is known.
    private var unsigned: [(ticket: Ticket, answer: Answer)] = []

    init?(
        asking servers: [NameServer], isExplicit: Bool, budget: Double, _ anchor: UnboundResolver.TrustAnchor
    ) {
        guard let context = backstamp_unbound_create() else { return nil }
        func set(_ option: String, _ value: String) { backstamp_unbound_set(context, option, value) }
        set("do-not-query-localhost:", "no")
        // Behind a forwarder that strips DNSSEC every answer would be bogus; unknown is the truth.
        set("harden-dnssec-stripped:", "no")
        for server in servers { backstamp_unbound_forward(context, "\(server.address)@\(server.port)") }
        backstamp_unbound_trust(context, anchor.file)
        // A thread of the library's own; must come before its data are changed.
        backstamp_unbound_use_thread(context)
        if isExplicit { for zone in Self.reservedZones { backstamp_unbound_remove_zone(context, zone) } }
        let descriptor = backstamp_unbound_descriptor(context)
        guard descriptor >= 0 else {
            backstamp_unbound_delete(context)
            return nil
        }
        self.context = context
        self.budget = budget
        self.anchor = anchor
        events = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        events.setEventHandler { backstamp_unbound_process(context) }
        // The handlers hold the session until the source is cancelled.
        events.setCancelHandler { self.end() }
        events.activate()
    }

    /// What the library answers by itself unless told otherwise. RFC 6761, RFC 6303
    private static let reservedZones = [
        "test.", "invalid.", "onion.", "10.in-addr.arpa.", "168.192.in-addr.arpa.", "2.0.192.in-addr.arpa.",
        "100.51.198.in-addr.arpa.", "113.0.203.in-addr.arpa.", "8.b.d.0.1.0.0.2.ip6.arpa.",
    ]

    func close() { events.cancel() }

    private func end() {
        runOut()
        backstamp_unbound_delete(context)
        waiting = [:]
    }

    func answer(_ question: Question) async -> Result<Answer, ResolutionFailure> {
        await withCheckedContinuation { continuation in
            queue.async { self.ask(question) { continuation.resume(returning: $0) } }
        }
    }

    private func ask(_ question: Question, _ done: @escaping (Result<Answer, ResolutionFailure>) -> Void) {
        guard !isOver else { return done(.failure(.timedOut)) }
        if !hasStarted {
            hasStarted = true
            queue.asyncAfter(deadline: .now() + budget) { [weak self] in self?.runOut() }
            // The anchor's own zone is signed: an answer about it that is not says that signatures are left out on the way.
            send(anchor.zone, Question(Domain(anchor.zone), .txt)) { [weak self] in self?.learn($0) }
            queue.asyncAfter(deadline: .now() + min(1, budget)) { [weak self] in self?.stopLearning() }
        }
        send(question.name.ascii ?? "", question, done)
    }

    private func send(
        _ name: String, _ question: Question, _ done: @escaping (Result<Answer, ResolutionFailure>) -> Void
    ) {
        lastTicket += 1
        let ticket = Ticket(self, lastTicket, question, done)
        waiting[ticket.number] = ticket
        if backstamp_unbound_ask(context, name, question.type.code, ticket.handle) != 0 {
            waiting[ticket.number] = nil
            ticket.finish(.failure(.serverFailed))
        }
    }

    func take(_ result: Result<Answer, ResolutionFailure>, for ticket: Ticket) {
        waiting[ticket.number] = nil
        guard case .success(let answer) = result, answer.security == .unknown else { return ticket.finish(result) }
        guard ticket.question.name != Domain(anchor.zone), isValidating == nil, !isOver else {
            return ticket.finish(.success(isValidating == true ? answer.unsigned : answer))
        }
        unsigned.append((ticket, answer))
    }

    /// Answers do not wait for long to be called unsigned.
    private func stopLearning() { if isValidating == nil { learn(.failure(.timedOut)) } }

    private func learn(_ result: Result<Answer, ResolutionFailure>) {
        let isValidating = (try? result.get())?.security == .secure
        self.isValidating = isValidating
        for (ticket, answer) in unsigned { ticket.finish(.success(isValidating ? answer.unsigned : answer)) }
        unsigned = []
    }

    /// The time is up: whoever still waits is told so. The tickets stay, for the library may yet come back to them.
    private func runOut() {
        isOver = true
        stopLearning()
        for ticket in waiting.values { ticket.finish(.failure(.timedOut)) }
    }

    static func result(_ found: BackstampAnswer?, _ question: Question) -> Result<Answer, ResolutionFailure> {
        guard let found else { return .failure(.serverFailed) }
        if found.is_bogus != 0 { return .failure(.bogus) }
        let security: Answer.Security = found.is_secure != 0 ? .secure : .unknown
        // RCODE 3, Name Error. RFC 1035 §4.1.1
        if found.rcode == 3 { return .success(Answer(question, .noSuchName, security: security)) }
        guard found.rcode == 0 else { return .failure(.serverFailed) }
        var records: [Record] = []
        for index in 0..<Int(found.count) {
            guard let data = found.data?[index], let length = found.lengths?[index] else { break }
            let bytes = UnsafeBufferPointer(start: data, count: Int(max(0, length)))
            if let record = Record(Array(bytes), question.type) { records.append(record) }
        }
        guard !records.isEmpty else { return .success(Answer(question, .noData, security: security)) }
        // Servers rotate the order; a report does not.
        records.sort { $0.description < $1.description }
        return .success(
            Answer(question, .records(records), security: security, timeToLive: max(0, Int(found.time_to_live))))
    }
}

extension Answer {
    /// The same, proven to be unsigned.
    fileprivate var unsigned: Answer { Answer(question, outcome, security: .insecure, timeToLive: timeToLive) }
}
