package import Delivery
import Mail

/// What a spam filter wrote into the header, and whose word that is.
package struct FilterVerdict: Sendable {
    /// Whose word it can be, by where it stands.
    package enum Standing: String, Sendable {
        /// The receiving side's own filter's.
        case receivers = "receiver"
        /// It stands below the line of the server that took the message over: a filter's on the way, or the sender's own.
        case anyones = "anyone"
        /// No line tells where the receiving side begins.
        case unknown
    }

    package let verdict: VendorVerdict
    package let standing: Standing

    /// In the order of the vendors and of their fields, those of one name in the order of the header.
    static func all(in message: Message, _ trace: Trace) -> [FilterVerdict] {
        let hop = trace.handOver.map { trace.hops[$0] }
        let home = hop?.byDomain?.value
        var all: [FilterVerdict] = []
        for vendor in allVendors {
            for field in vendor.fields.lazy.flatMap(message.fields(named:)) {
                guard let verdict = vendor.read(field, message) else { continue }
                let standing: Standing =
                    switch hop {
                    case nil: .unknown
                    case let hop? where field.range.lowerBound < hop.field.range.lowerBound: .receivers
                    default: home.map { vendor.owns(field, in: message, at: $0) } == true ? .receivers : .anyones
                    }
                all.append(FilterVerdict(verdict: verdict, standing: standing))
            }
        }
        return all
    }
}
