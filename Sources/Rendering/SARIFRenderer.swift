import Checks
import Inspection
import Mail
import Phrases

extension BuildRun {
    /// SARIF 2.1.0: one run, each finding a result at its line, column and byte offset.
    func sarif() -> String {
        // The checks that found something: the catalogue is no part of a result.
        let found = Set(reports.flatMap { $0.report.entries.map(\.about.id) })
        let rules = allChecks.map(\.about).filter { found.contains($0.id) }
        let indices = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
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
                    "results": .array(reports.flatMap { results($0.report, $0.name, indices) }),
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
        let lines = LineColumns(report.inspection.message.source)
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
                    ], "message": ["text": .string(place.label.description)],
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
}
