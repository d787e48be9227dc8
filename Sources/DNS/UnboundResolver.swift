import CUnbound
import Dispatch
import Mail

/// Asks the network, through libunbound, which validates DNSSEC.
///
/// All questions share one budget of time that begins with the first: whoever does not answer costs it once.
public final class UnboundResolver: Resolver, @unchecked Sendable {
    // Unchecked: every variable below is only touched on `queue`.
    private let queue = DispatchQueue(label: "backstamp.dns")
    private let context: OpaquePointer
    private let budget: Double
    private var events: (any DispatchSourceRead)?
    private var waiting: [Int: Ticket] = [:]
    private var lastTicket = 0
    private var hasStarted = false
    private var isOver = false

    /// A question on its way. It lives until the library is done with it or is closed.
    private final class Ticket {
        unowned let resolver: UnboundResolver
        let number: Int
        let question: Question
        var continuation: CheckedContinuation<Result<Answer, ResolutionFailure>, Never>?

        init(
            _ resolver: UnboundResolver, _ number: Int, _ question: Question,
            _ continuation: CheckedContinuation<Result<Answer, ResolutionFailure>, Never>
        ) {
            self.resolver = resolver
            self.number = number
            self.question = question
            self.continuation = continuation
        }

        func finish(_ result: Result<Answer, ResolutionFailure>) {
            continuation?.resume(returning: result)
            continuation = nil
        }
    }

    /// - Parameters:
    ///   - servers: who is asked.
    ///   - isExplicit: whether the user named them; then they are also asked for the names that RFC 6761 and 6303 reserve.
    ///   - budget: seconds for all questions together.
    public init?(asking servers: [NameServer], isExplicit: Bool, budget: Double) {
        guard let context = ub_ctx_create() else { return nil }
        self.context = context
        self.budget = budget
        func set(_ option: String, _ value: String) { ub_ctx_set_option(context, option, value) }
        set("do-not-query-localhost:", "no")
        // Behind a forwarder that strips DNSSEC every answer would be bogus; unknown is the truth.
        set("harden-dnssec-stripped:", "no")
        for server in servers { ub_ctx_set_fwd(context, "\(server.address)@\(server.port)") }
        ub_ctx_add_ta_file(context, Self.rootKey)
        // A thread of the library's own; must come before its data are changed.
        ub_ctx_async(context, 1)
        if isExplicit { for zone in Self.reservedZones { ub_ctx_zone_remove(context, zone) } }
        let descriptor = ub_fd(context)
        guard descriptor >= 0 else {
            ub_ctx_delete(context)
            return nil
        }
        let events = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        events.setEventHandler { ub_process(context) }
        events.activate()
        self.events = events
    }

    deinit {
        events?.cancel()
        ub_ctx_delete(context)
    }

    /// From the package dns-root-data; without it answers stay unvalidated and say so.
    private static let rootKey = "/usr/share/dns/root.key"

    /// What the library answers by itself unless told otherwise. RFC 6761, RFC 6303
    private static let reservedZones = [
        "test.", "invalid.", "onion.", "10.in-addr.arpa.", "168.192.in-addr.arpa.", "2.0.192.in-addr.arpa.",
        "100.51.198.in-addr.arpa.", "113.0.203.in-addr.arpa.", "8.b.d.0.1.0.0.2.ip6.arpa.",
    ]

    public func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        let result = await withCheckedContinuation { continuation in
            queue.async { self.ask(question, continuation) }
        }
        return try result.get()
    }

    private func ask(
        _ question: Question, _ continuation: CheckedContinuation<Result<Answer, ResolutionFailure>, Never>
    ) {
        guard !isOver else { return continuation.resume(returning: .failure(.timedOut)) }
        if !hasStarted {
            hasStarted = true
            queue.asyncAfter(deadline: .now() + budget) { [weak self] in self?.runOut() }
        }
        lastTicket += 1
        let ticket = Ticket(self, lastTicket, question, continuation)
        waiting[ticket.number] = ticket
        let status = ub_resolve_async(
            context, question.name.ascii ?? "", question.type.code, 1, Unmanaged.passUnretained(ticket).toOpaque(),
            { pointer, status, result in
                guard let pointer else { return ub_resolve_free(result) }
                let ticket = Unmanaged<Ticket>.fromOpaque(pointer).takeUnretainedValue()
                ticket.finish(UnboundResolver.result(status, result, ticket.question))
                ub_resolve_free(result)
                ticket.resolver.waiting[ticket.number] = nil
            }, nil)
        if status != 0 {
            waiting[ticket.number] = nil
            ticket.finish(.failure(.serverFailed))
        }
    }

    /// The time is up: whoever still waits is told so. The tickets stay, for the library may yet come back to them.
    private func runOut() {
        isOver = true
        for ticket in waiting.values { ticket.finish(.failure(.timedOut)) }
    }

    private static func result(_ status: Int32, _ result: UnsafeMutablePointer<ub_result>?, _ question: Question)
        -> Result<Answer, ResolutionFailure>
    {
        guard status == 0, let found = result?.pointee else { return .failure(.serverFailed) }
        if found.bogus != 0 { return .failure(.bogus) }
        let security: Answer.Security = found.secure != 0 ? .secure : .unknown
        // RCODE 3, Name Error. RFC 1035 §4.1.1
        if found.rcode == 3 { return .success(Answer(question, .noSuchName, security: security)) }
        guard found.rcode == 0 else { return .failure(.serverFailed) }
        var records: [Record] = []
        var index = 0
        while let data = found.data?[index], let length = found.len?[index] {
            let bytes = UnsafeRawBufferPointer(start: data, count: Int(max(0, length)))
            if let record = Record(Array(bytes), question.type) { records.append(record) }
            index += 1
        }
        guard !records.isEmpty else { return .success(Answer(question, .noData, security: security)) }
        // Servers rotate the order; a report does not.
        records.sort { $0.description < $1.description }
        return .success(
            Answer(question, .records(records), security: security, timeToLive: max(0, Int(found.ttl))))
    }
}
