import Foundation
import Testing

/// The C libraries that the program is linked to, and those that it loads when they are needed.
@Suite(.enabled(if: Command.binary != nil, "skipped: BACKSTAMP_BINARY is not set; scripts/test sets it"))
struct LibraryTests {
    /// Each library here is loaded at every start.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/readelf"), "skipped: no readelf"))
    func onlySmallLibrariesAreLinked() throws {
        let dynamic = try Command(["-d", "-W", try #require(Command.binary)], program: "/usr/bin/readelf").output
        let names = dynamic.split(separator: "\n").filter { $0.contains("(NEEDED)") }.compactMap { line in
            line.split(separator: "[").last?.split(separator: ".").first.map(String.init)
        }
        #expect(names.contains("libc") && names.contains("libpsl"))
        let others = names.filter { !$0.hasPrefix("ld-linux") }
        #expect(Set(others).subtracting(["libc", "libm", "libstdc++", "libgcc_s", "libpsl"]).isEmpty)
    }
}
