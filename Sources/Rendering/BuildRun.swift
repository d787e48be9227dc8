public import Inspection
import Mail

/// The reports of one run, for programs that build software.
public struct BuildRun {
    /// Each report with the name of its input.
    private let reports: [(report: Report, name: String)]
    /// Findings at or above it make a build fail.
    private let threshold: Severity

    public init(_ reports: [(report: Report, name: String)], threshold: Severity) {
        self.reports = reports.flatMap { one in ([one.report] + one.report.others).map { ($0, one.name) } }
        self.threshold = threshold
    }

    // MARK: SARIF

    /// SARIF 2.1.0: one run, each finding a result at its line, column and byte offset.
    public func sarif() -> String {
        // The checks that found something: the catalogue is no part of a result.
        let found = Set(reports.flatMap { $0.report.entries.map(\.about.id) })
        let rules = allChecks.map(\.about).filter { found.contains($0.id) }
        let places = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
        // A message and the one inside it are one input.
        var names: [String] = []
        for (_, name) in reports where names.last != name { names.append(name) }
        let driver: JSON = [
            "name": .string(Tool.name), "version": .string(Tool.version), "semanticVersion": .string(Tool.version),
            "rules": .array(rules.map(rule)),
        ]
        let log: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
                    "artifacts": .array(names.map { ["location": ["uri": .string(Self.uri($0))]] }),
                    "results": .array(reports.flatMap { results($0.report, $0.name, places) }),
                ]
            ],
        ]
        return log.written(isCompact: false)
    }

    private func rule(_ about: About) -> JSON {
        [
            "id": .string(about.id), "shortDescription": ["text": .string(about.title)],
            "fullDescription": ["text": .string(about.why)], "help": ["text": .string(about.remedy)],
            "helpUri": JSON(about.references.first?.url),
            "defaultConfiguration": ["level": .string(level(about.severity))],
            "properties": ["topic": .string(about.topic.rawValue), "severity": .string(about.severity.rawValue)],
        ]
    }

    private func level(_ severity: Severity) -> String {
        switch severity {
        case .alarm: "error"
        case .warning, .caution: "warning"
        case .note: "note"
        }
    }

    private func results(_ report: Report, _ name: String, _ rules: [String: Int]) -> [JSON] {
        let lines = PlaceMap(report.inspection.message.source)
        let artifact: JSON = ["uri": .string(Self.uri(name))]
        return report.entries.map { entry in
            let places = BuildPlace.all(of: entry.finding, in: report, lines).prefix(20)
            let regions = places.map { place -> JSON in
                [
                    "physicalLocation": [
                        "artifactLocation": artifact,
                        "region": [
                            "startLine": .number(place.line), "startColumn": .number(place.column),
                            "endLine": .number(place.endLine), "endColumn": .number(place.endColumn),
                            "byteOffset": .number(place.bytes.lowerBound), "byteLength": .number(place.bytes.count),
                        ],
                    ], "message": ["text": .string(place.label.printableLine)],
                ]
            }
            return [
                "ruleId": .string(entry.about.id), "ruleIndex": .number(rules[entry.about.id] ?? 0),
                "level": .string(level(entry.about.severity)),
                "message": ["text": .string(entry.finding.message.printableLine.cut(to: 1024))],
                "locations": .array(
                    regions.isEmpty ? [["physicalLocation": ["artifactLocation": artifact]]] : Array(regions.prefix(1))),
                "relatedLocations": .array(Array(regions.dropFirst())),
            ]
        }
    }

    /// A relative reference: everything but unreserved characters and "/" is percent-encoded. RFC 3986 §2.3
    private static func uri(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            if byte.isLetter || byte.isDigit || "-._~/".utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    // MARK: JUnit

    /// One suite a message, one case a check; findings at or above the threshold are failures.
    public func junit() -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(Tool.name)\">\n"
        for (report, name) in reports {
            let lines = PlaceMap(report.inspection.message.source)
            let failures = report.entries.count { $0.about.severity >= threshold }
            let found = Dictionary(grouping: report.entries, by: \.about.id)
            let checks = allChecks.map(\.about).filter { !report.ignored.contains($0.id) }
            let failed = checks.count { about in found[about.id] != nil && about.severity >= threshold }
            text +=
                "<testsuite name=\"\(Self.xml(name.printable))\" tests=\"\(checks.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"0\">\n"
            for about in checks {
                let entries = found[about.id] ?? []
                let head = "<testcase classname=\"\(Tool.name).\(about.topic.rawValue)\" name=\"\(about.id)\""
                guard !entries.isEmpty else {
                    text += head + "/>\n"
                    continue
                }
                text += head + ">\n"
                for entry in entries {
                    let place = BuildPlace.all(of: entry.finding, in: report, lines).first
                    let position = place.map { ":\($0.line):\($0.column)" } ?? ""
                    let message = Self.xml(entry.finding.message.printableLine.cut(to: 1024))
                    let body =
                        Self.xml("\(name.printableLine)\(position): ") + message + "\n"
                        + Self.xml("Do: \(about.remedy)")
                    text +=
                        about.severity >= threshold
                        ? "<failure type=\"\(about.severity.rawValue)\" message=\"\(message)\">\(body)</failure>\n"
                        : "<system-out>\(about.severity.rawValue): \(body)</system-out>\n"
                    if about.severity >= threshold { break }
                }
                text += "</testcase>\n"
            }
            text +=
                "<system-out>\(Self.xml(report.verdict.sentence)) \(failures) at or above \(threshold.rawValue)</system-out>\n"
            text += "</testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    /// Text for content and attributes of XML 1.0; what it cannot hold was named before, and would become U+FFFD. XML 1.0 §2.2
    private static func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{0}"..<"\t", "\u{B}", "\u{C}", "\u{E}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    // MARK: GitHub

    /// Annotations on the lines of the message, as workflow commands.
    public func github() -> String {
        reports.flatMap { report, name -> [String] in
            let lines = PlaceMap(report.inspection.message.source)
            return report.entries.map { entry in
                let kind =
                    entry.about.severity >= threshold ? "error" : entry.about.severity == .note ? "notice" : "warning"
                let place = BuildPlace.all(of: entry.finding, in: report, lines).first
                var properties = ["file=\(Self.property(name))"]
                if let place {
                    properties += ["line=\(place.line)", "endLine=\(place.endLine)", "col=\(place.column)"]
                    if place.line == place.endLine { properties.append("endColumn=\(place.endColumn)") }
                }
                properties.append("title=\(entry.about.id)")
                let message = "\(entry.finding.message.printableLine.cut(to: 1024)). \(entry.about.remedy)"
                return "::\(kind) \(properties.joined(separator: ","))::\(Self.data(message))\n"
            }
        }.joined()
    }

    /// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text.printableLine).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
