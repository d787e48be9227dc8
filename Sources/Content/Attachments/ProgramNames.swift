extension FileType {
    /// Names under which Windows, and mail programs on it, run a file. The source's list, less documents and archives.
    private static let programExtensions: Set<String> = [
        "exe", "scr", "com", "pif", "bat", "cmd", "cpl", "msi", "msp", "mst", "dll", "js", "jse", "vbs", "vbe", "wsf",
        "wsh", "ws", "hta", "ps1", "psm1", "lnk", "jar", "reg", "scf", "url", "msc", "gadget", "application",
        "appref-ms",
        "chm", "xll", "sct", "inf", "iso", "img", "vhd", "vhdx", "one",
    ]

    /// Whether opening a file whose name ends so, in lower case and without the dot, runs it.
    package static func runs(_ fileExtension: String) -> Bool { programExtensions.contains(fileExtension) }
}
