/// The texts of reports and pages in Russian.
enum Russian {
    static let texts: [String: String] = [:]
}
