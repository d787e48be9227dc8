import Checks
import Inspection
import Mail
import Rendering

/// Times whole reports: everything that `backstamp inspect --offline --format json` does but reading files and printing.
enum Inspect {
    /// Messages stand one after the other, each behind its size: eight digits and a line feed.
    static func all(_ bytes: [UInt8]) -> String {
        var messages: [[UInt8]] = []
        var offset = 0
        while offset + 9 <= bytes.count, let size = Int(String(decoding: bytes[offset..<offset + 8], as: UTF8.self)),
            offset + 9 + size <= bytes.count
        {
            messages.append(Array(bytes[offset + 9..<offset + 9 + size]))
            offset += 9 + size
        }
        var appearance = Appearance()
        appearance.isCompact = true
        let now = DateTime(seconds: 1_795_165_200)
        var written = 0
        let time = ContinuousClock().measure {
            for message in messages {
                let report = Report(Inspection(of: Message(Source(message)), at: now))
                written += report.written(as: .json, appearance).utf8.count
            }
        }
        return "\(Bench.seconds(time)) \(messages.count) \(written)"
    }
}
