/// What pages are made of: the files in this folder, carried inside the program, or a user's own in their place.
public struct Templates: Sendable {
    /// A file that can be replaced, by its name.
    public enum Name: String, CaseIterable, Sendable {
        /// The page of a report: what stands around its body.
        case report = "report.mustache"
        /// A report without a page around it.
        case body = "body.mustache"
        case domain = "domain.mustache"
        /// The style of reports.
        case style = "style.css"
        /// The page to paste into, its style and its script.
        case page = "page.mustache"
        case pageStyle = "page.css"
        case pageScript = "page.js"
    }

    private var texts: [Name: String]

    /// Those inside the program.
    public static let builtIn = Templates(texts: [
        .report: text(PackageResources.report_mustache), .body: text(PackageResources.body_mustache),
        .domain: text(PackageResources.domain_mustache), .style: text(PackageResources.style_css),
        .page: text(PackageResources.page_mustache), .pageStyle: text(PackageResources.page_css),
        .pageScript: text(PackageResources.page_js),
    ])

    private init(texts: [Name: String]) { self.texts = texts }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    public subscript(name: Name) -> String {
        get { texts[name] ?? "" }
        set { texts[name] = newValue }
    }
}
