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

    // MARK: Libraries that are not there

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        .path

    /// Hiding a library from one program takes a name space of its own for mounts.
    static let canHide: Bool = {
        let unshare = try? Command(["-m", "mount", "--bind", "/dev/null", "/dev/null"], program: "/usr/bin/unshare")
        return unshare?.status == 0
    }()

    private static func message(_ type: String, _ body: String, encoding: String = "base64") -> String {
        """
        Received: from mail.example.org (mail.example.org [192.0.2.80])
        \tby mx.example.net (Postfix) with ESMTPS id C0FFEE
        \tfor <bob@example.net>; Fri, 20 Nov 2026 06:20:03 +0000 (UTC)
        From: Olga <olga@example.org>
        To: bob@example.net
        Subject: hello
        Date: Fri, 20 Nov 2026 09:20:00 +0300
        Message-ID: <a@example.org>
        MIME-Version: 1.0
        Content-Type: \(type)
        Content-Transfer-Encoding: \(encoding)

        \(body)

        """
    }

    /// Files whose names begin so are hidden; a message that needs them, options, and what cannot be checked then.
    private static let cases: [(files: [String], message: String, options: [String], unchecked: String)] = [
        (
            ["libicuuc.so", "libicui18n.so"],
            (try? String(contentsOfFile: root + "/fixtures/messages/cyrillic-koi8-r/message.eml", encoding: .isoLatin1))
                ?? "", ["--offline"], "texts in koi8-r: ICU could not be loaded"
        ),
        (
            // Only the names need it: those of the sender in Cyrillic, and of the signer in A-labels.
            ["libicuuc.so", "libicui18n.so"],
            message(
                "text/plain; charset=utf-8", "https://www.пример.example/ и https://xn--e1afmkfd.example/",
                encoding: "8bit"
            )
            .replacing("Olga <olga@example.org>", with: "Ольгa <olga@пример.example>"), ["--offline"],
            "names that are not ASCII: ICU could not be loaded"
        ),
        (
            ["libicui18n.so"],
            message("text/plain; charset=utf-8", "hello", encoding: "8bit").replacing("Olga <", with: "Ольгa <"),
            ["--offline"],
            "names that are not ASCII: ICU could not be loaded"
        ),
        (
            ["libicuuc.so", "libicui18n.so"],
            message(
                "multipart/alternative; boundary=b",
                "--b\nContent-Type: text/plain; charset=iso-2022-jp\n\n\u{1B}$B$3$s$K$A$O\u{1B}(B\n--b\nContent-Type: text/html; charset=shift_jis\n\n<p>=83=41</p>\n--b--",
                encoding: "8bit"
            ), ["--offline"], "texts in iso-2022-jp: ICU could not be loaded"
        ),
        (
            ["libuchardet.so"],
            message(
                "text/html",
                "<meta charset=3Dkoi8-r><p>=F0=D2=C9=D7=C5=D4, =CB=C1=CB =C4=C5=CC=C1? =F7=D3=C5 =C8=CF=D2=CF=DB=CF!</p>",
                encoding: "quoted-printable"), ["--offline"], "the charset of part 0: libuchardet could not be loaded"
        ),
        (
            ["libxml2.so"],
            message("text/html; charset=utf-8", "<p><a href='https://example.org/'>here</a></p>", encoding: "8bit"),
            ["--offline"], "the HTML of part 0: libxml2 could not be loaded"
        ),
        (
            ["libarchive.so"],
            message(
                "application/zip; name=a.zip",
                "UEsDBBQAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAQIUAxQAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAAAAAAAAAAACAAQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAAoAAAAAAA="
            ), ["--offline"], "the archives of part 0: libarchive could not be loaded"
        ),
        (
            ["libz.so"],
            message(
                "application/pdf; name=a.pdf",
                "JVBERi0xLjUKMSAwIG9iago8PC9UeXBlL09ialN0bS9OIDEvRmlyc3QgNC9GaWx0ZXIvRmxhdGVEZWNvZGUvTGVuZ3RoIDI5Pj4Kc3RyZWFtCnicM1QwULCx0Q+pLEjVd04sSczJT7ezAwA9rQZRCmVuZHN0cmVhbQplbmRvYmoKJSVFT0YK"
            ), ["--offline"], "the compressed streams of part 0: zlib could not be loaded"
        ),
        (["libpng16.so"], picture, ["--offline"], "the codes of part 0: libpng could not be loaded"),
        (["libzbar.so"], picture, ["--offline"], "the codes of part 0: ZBar could not be loaded"),
        (
            ["libturbojpeg.so"], message("image/jpeg", "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q=="), ["--offline"],
            "the codes of part 0: TurboJPEG could not be loaded"
        ),
        (
            ["libunbound.so"], message("text/plain", "hello", encoding: "7bit"), ["--resolver", "127.0.0.1:9"],
            "libunbound could not be loaded"
        ),
    ]

    private static let picture = message(
        "image/png",
        "iVBORw0KGgoAAAANSUhEUgAAABgAAAAYAQAAAADIDABVAAAAD0lEQVR4nGP4//8/Aw0xAHOjR7lMDIhtAAAAAElFTkSuQmCC")

    /// The checks that found something, and what was not checked.
    private func report(_ data: String) throws -> (found: Set<String>, unchecked: [String]) {
        let report = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
        let findings = try #require(report["findings"] as? [[String: Any]])
        let unchecked = try #require(report["unchecked"] as? [[String: Any]])
        return (
            Set(findings.compactMap { $0["check"] as? String }),
            unchecked.map { "\($0["what"] as? String ?? ""): \($0["why"] as? String ?? "")" }
        )
    }

    @Test(
        .enabled(if: canHide, "skipped: a library cannot be hidden; it takes root"),
        arguments: cases.indices)
    func aLibraryThatIsNotThereIsNamed(_ index: Int) throws {
        let (files, message, options, unchecked) = Self.cases[index]
        let file = Command.temporary()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try message.write(
            toFile: file, atomically: true, encoding: files.first == "libicuuc.so" && index == 0 ? .isoLatin1 : .utf8)
        let binary = try #require(Command.binary)
        let arguments = [binary, "inspect", file, "--format", "json", "--now", "2026-11-20T09:00:00Z"] + options
        let whole = try Command(["-c", "exec \"$@\"", "sh"] + arguments, program: "/bin/sh")
        let hide =
            "for file in \(files.map { "/lib/*/\($0)* /usr/lib/*/\($0)*" }.joined(separator: " ")); do [ ! -e \"$file\" ] || mount --bind /dev/null \"$file\" || exit 99; done; exec \"$@\""
        let without = try Command(["-m", "sh", "-c", hide, "sh"] + arguments, program: "/usr/bin/unshare")
        #expect(whole.status == 0 && without.status == 0, "\(without.errors)")
        let (before, after) = (try report(whole.output), try report(without.output))
        #expect(after.unchecked.contains { $0.hasSuffix(unchecked) }, "\(after.unchecked)")
        #expect(!before.unchecked.contains { $0.hasSuffix("could not be loaded") })
        // What was not read is held against nobody.
        #expect(after.found.isSubset(of: before.found), "\(after.found.subtracting(before.found))")
    }
}
