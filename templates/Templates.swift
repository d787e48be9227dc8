/// The files in this folder, carried inside the program.
public enum Template {
    public static let report = String(decoding: PackageResources.report_mustache, as: UTF8.self)
    public static let domain = String(decoding: PackageResources.domain_mustache, as: UTF8.self)
    public static let style = String(decoding: PackageResources.style_css, as: UTF8.self)
}
