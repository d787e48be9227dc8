import Checks
import Inspection
import Mail
import Phrases

extension BuildRun {
    /// One suite a message: a case that passes, for the message was read; one for each check that found something, which fails at
    /// or above the threshold; and one that was skipped for each thing that was not looked at.
    func junit() -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(Tool.name)\">\n"
        for (report, name) in reports { text += suite(report, name.printableLine) }
        return text + "</testsuites>\n"
    }

    private func suite(_ report: Report, _ name: String) -> String {
        let lines = LineColumns(report.inspection.message.source)
        var found: [(about: About, findings: [Finding])] = []
        for entry in report.entries {
            if let index = found.firstIndex(where: { $0.about.id == entry.about.id }) {
                found[index].findings.append(entry.finding)
            } else {
                found.append((entry.about, [entry.finding]))
            }
        }
        let failed = found.count { $0.about.severity >= threshold }
        let skipped = report.unchecked
        var text = """
            <testsuite name="\(Self.xml(name))" tests="\(1 + found.count + skipped.count)" failures="\(failed)" \
            errors="0" skipped="\(skipped.count)">
            <testcase classname="\(Tool.name)" name="the message was read"/>

            """
        for (about, findings) in found {
            text += "<testcase classname=\"\(Tool.name).\(about.topic.rawValue)\" name=\"\(about.id)\">\n"
            let told = findings.map { finding in
                let place = BuildPlace.all(of: finding, in: report, lines).first
                let position = place.map { ":\($0.line):\($0.column)" } ?? ""
                return "\(Self.xml("\(name)\(position): \(finding.message.cut(to: 1024))"))\n"
            }
            let body = told.joined() + Self.xml("Do: \(about.remedy)")
            if about.severity >= threshold {
                let message = Self.xml(findings.first?.message.cut(to: 1024) ?? about.title)
                text += "<failure type=\"\(about.severity.rawValue)\" message=\"\(message)\">\(body)</failure>\n"
            } else {
                text += "<system-out>\(about.severity.rawValue): \(body)</system-out>\n"
            }
            text += "</testcase>\n"
        }
        for one in skipped {
            text += """
                <testcase classname="\(Tool.name).unchecked" name="\(Self.xml(one.what.description))">
                <skipped message="\(Self.xml(one.why.description))"/>
                </testcase>

                """
        }
        let count = report.entries.count { $0.about.severity >= threshold }
        let verdict = Self.xml(report.verdict.sentence.description)
        return text
            + "<system-out>\(verdict) \(count) at or above \(threshold.rawValue)</system-out>\n</testsuite>\n"
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
}
