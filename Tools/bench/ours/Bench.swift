import Glibc

/// What the benchmarks time of ours.
///
/// usage: bench parse-index|parse-full|received|inspect FILE, bench dkim FILE KEY, bench spf, or bench linear [TRAP…]
@main
struct Bench {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.dropFirst().first == "linear" {
            let wanted = Set(arguments.dropFirst(2))
            let traps = Linear.traps.filter { wanted.isEmpty || wanted.contains($0.name) }
            // A second measurement tells noise from growth.
            exit(traps.map { Linear.measure($0) || Linear.measure($0) }.allSatisfy { $0 } ? 0 : 1)
        }
        if arguments.dropFirst().first == "spf" {
            print(Verify.spf())
            return
        }
        if arguments.count == 4, arguments[1] == "dkim", let bytes = contents(arguments[2]) {
            print(Verify.dkim(bytes, arguments[3]))
            return
        }
        if arguments.count == 3, arguments[1] == "inspect", let bytes = contents(arguments[2]) {
            print(Inspect.all(bytes))
            return
        }
        guard arguments.count == 3, let bytes = contents(arguments[2]) else {
            print(
                "usage: bench parse-index|parse-full|received|inspect FILE, bench dkim FILE KEY, bench spf, or bench linear [TRAP…]"
            )
            exit(2)
        }
        let clock = ContinuousClock()
        switch arguments[1] {
        case "parse-index", "parse-full", "received":
            var count = Parse.Count()
            // The peer is given the messages one by one.
            let messages = arguments[1] == "received" ? Parse.messages(bytes) : []
            // The peer's script takes the best of five passes too.
            let times = (0..<(arguments[1] == "received" ? 5 : 1)).map { _ in
                clock.measure {
                    switch arguments[1] {
                    case "parse-index": count = Parse.index(bytes)
                    case "parse-full": count = Parse.full(bytes)
                    default: count = Parse.routes(messages)
                    }
                }
            }
            let time = times.min() ?? .zero
            print(seconds(time), count.messages, count.parts, count.fields, count.decoded, count.text)
        default:
            print("bench: there is no work \(arguments[1])")
            exit(2)
        }
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    static func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        guard size >= 0, lseek(file, 0, SEEK_SET) == 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(file, buffer.baseAddress.map { $0 + count }, size - count)
                if got <= 0 { break }
                count += got
            }
        }
    }
}
