package import Checks
import Inspection
import Mail
import Phrases

/// The reports of one run, for programs that build software.
package struct BuildRun {
    /// Each report with the name of its input.
    let reports: [(report: Report, name: String)]
    /// Findings at or above it make a build fail.
    let threshold: Severity

    package init(_ reports: [(report: Report, name: String)], threshold: Severity) {
        self.reports = reports.flatMap { one in ([one.report] + one.report.others).map { ($0, one.name) } }
        self.threshold = threshold
    }

    /// The one document that a format makes of a run.
    package func written(as format: Format) -> String {
        switch format {
        case .sarif: sarif()
        case .junit: junit()
        default: github()
        }
    }
}
