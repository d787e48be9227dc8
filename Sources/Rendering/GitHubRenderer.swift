import Checks
import Inspection
import Mail
import Phrases

extension BuildRun {
    /// Annotations on the lines of the message, as workflow commands.
    func github() -> String {
        reports.flatMap { report, name -> [String] in
            let lines = LineColumns(report.inspection.message.source)
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
