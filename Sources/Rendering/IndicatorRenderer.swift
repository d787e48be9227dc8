import Content
import Crypto
import Checks
import Inspection
import Mail
import Phrases

/// Indicators for other programs and for people: as text they are defanged, as JSON they are raw.
struct IndicatorRenderer {
    let report: Report

    /// All messages of the input: what the inner one names counts as much.
    private var indicators: [Indicator] {
        guard !report.others.isEmpty else { return report.inspection.indicators }
        var seen: Set<String> = []
        return ([report] + report.others).flatMap(\.inspection.indicators).filter {
            seen.insert("\($0.kind.rawValue) \($0.value)").inserted
        }
    }

    /// One a line: kind, value and, in brackets, where it stands.
    func plain() -> String {
        indicators.map { one in
            let value =
                switch one.kind {
                case .domain, .ip: one.value.defangedHost
                case .md5, .sha1, .sha256: one.value
                case .address, .messageID: one.value.replacing("@", with: "[@]").defangedHost
                case .url, .fileName, .subject: one.value.defanged
                }
            return "\(Layout.padded(one.kind.rawValue, to: 12))\(value.cut(to: 2048).printableLine)  (\(one.role))\n"
        }.joined()
    }

    func put(_ out: inout JSONWriter) {
        out.put("indicators", indicators) { out, one in
            out.object { out in
                out.put("kind", one.kind.rawValue)
                out.put("value", one.value.cut(to: 2048))
                out.put("role", one.role)
            }
        }
    }

    // MARK: STIX

    /// A bundle of STIX 2.1: what the message names is *observed data*, not an indicator of compromise, for nothing here judges it.
    func stix(_ appearance: Appearance) -> String {
        let now = report.inspection.now.description.replacing("Z", with: ".000Z")
        let objects = indicators.compactMap(observable)
        let references = objects.map(\.id)
        let observed: JSON = [
            "type": "observed-data", "spec_version": "2.1",
            "id": .string(
                "observed-data--\(Self.identifier(report.inspection.message.source.given.count.description + references.joined()))"
            ),
            "created": .string(now), "modified": .string(now), "first_observed": .string(now),
            "last_observed": .string(now),
            "number_observed": .number(1), "object_refs": JSON(references),
        ]
        let bundle: JSON = [
            "type": "bundle", "id": .string("bundle--\(Self.identifier("bundle" + references.joined()))"),
            "objects": .array(objects.map(\.object) + (references.isEmpty ? [] : [observed])),
        ]
        return bundle.written(isCompact: appearance.isCompact)
    }

    /// Cyber-observable objects. STIX 2.1 §6
    private func observable(_ one: Indicator) -> (id: String, object: JSON)? {
        let (type, members): (String, [(String, JSON)]) =
            switch one.kind {
            case .domain: ("domain-name", [("value", .string(one.value))])
            case .url: ("url", [("value", .string(one.value.cut(to: 2048)))])
            case .ip: (one.value.contains(":") ? "ipv6-addr" : "ipv4-addr", [("value", .string(one.value))])
            case .address: ("email-addr", [("value", .string(one.value.cut(to: 512)))])
            case .sha256: ("file", [("hashes", ["SHA-256": .string(one.value)])])
            case .md5, .sha1, .fileName, .subject, .messageID: ("", [])
            }
        guard !type.isEmpty else { return nil }
        // The id is made of the members that tell such objects apart, as canonical JSON. STIX 2.1 §2.9, RFC 8785
        let value = "\"\(Self.escaped(one.value.cut(to: one.kind == .address ? 512 : 2048)))\""
        let id =
            "\(type)--\(Self.identifier(type == "file" ? "{\"hashes\":{\"SHA-256\":\(value)}}" : "{\"value\":\(value)}"))"
        return (id, .object([("type", .string(type)), ("spec_version", "2.1"), ("id", .string(id))] + members))
    }

    /// A string's content in canonical JSON. RFC 8785 §3.2.2.2
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A UUID of version 5 made of a name, so that the same message gives the same ids. RFC 9562 §5.5
    private static func identifier(_ name: String) -> String {
        // The namespace of STIX's deterministic ids. STIX 2.1 §2.9
        let space: [UInt8] = [
            0x00, 0xAB, 0xED, 0xB4, 0xAA, 0x42, 0x46, 0x6C, 0x9C, 0x01, 0xFE, 0xD2, 0x33, 0x15, 0xA9, 0xB7,
        ]
        var bytes = Array(Insecure.SHA1.hash(data: space + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        let text = String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
