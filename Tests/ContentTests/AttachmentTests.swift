import Foundation
import Mail
import Testing

@testable import Content

/// Archives, documents and pictures of `fixtures/attachments`, each what it holds and does.
struct AttachmentTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../fixtures/attachments/"
    ).standardized

    private func contents(_ bytes: [UInt8], _ limits: Limits = Limits()) -> Contents {
        let header = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        return Contents(of: Message(Source(exactly: Array(header.utf8) + bytes, limits: limits)))
    }

    private func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    }

    @Test func archivesAreListed() throws {
        let archive = try #require(contents(try file("program.zip")).attachments.first?.archive)
        #expect(archive.entries.map(\.name) == ["invoice.pdf.exe", "in.zip", "deep.js"])
        #expect(archive.entries.map(\.depth) == [0, 0, 1])
        #expect(archive.entries[0].type?.kind == .program)
        let traversal = try #require(contents(try file("traversal.tgz")).attachments.first?.archive)
        #expect(traversal.entries.first?.name == "a/../../etc/x" && traversal.entries.first?.size == 3)
        let locked = try #require(contents(try file("locked.zip")).attachments.first?.archive)
        #expect(locked.isEncrypted && locked.entries.first?.isEncrypted == true)
    }

    @Test func damagedArchivesSaySo() throws {
        let whole = try file("program.zip")
        for length in stride(from: 4, to: whole.count, by: 7) {
            guard let archive = contents(Array(whole.prefix(length))).attachments.first?.archive else { continue }
            // An archive whose end alone is missing still has all that was put into it.
            #expect(archive.isDamaged || [0, 3].contains(archive.entries.count), "\(length) bytes")
        }
    }

    /// What comes out of an archive is bounded by bytes, by its own size and by the number of entries; a limit that is hit is told.
    @Test func bombsStopAtLimits() throws {
        var limits = Limits()
        limits[.archiveEntries] = 2
        let few = contents(try file("program.zip"), limits)
        #expect(few.attachments.first?.archive?.entries.count == 2)
        #expect(few.limitHits.map(\.name) == [.archiveEntries])
        limits = Limits()
        limits[.archiveBytes] = 10
        #expect(contents(try file("program.zip"), limits).limitHits.map(\.name) == [.archiveBytes])
    }

    @Test func documentsHaveMarks() throws {
        let macros = contents(try file("macros.docm"))
        #expect(macros.attachments.first?.marks == [.macros, .externalTemplate])
        #expect(macros.links.map(\.target.value) == ["https://evil.example/t.dotm"])
        let script = contents(try file("script.pdf"))
        #expect(script.attachments.first?.marks == [.script, .actsOnOpening])
        #expect(script.links.map(\.target.value) == ["https://evil.example/pdf", "https://evil.example/inside"])
        // The names of a compound file's directory are UTF-16.
        let name: [UInt8] = "_VBA_PROJECT".utf8.flatMap { [$0, 0] as [UInt8] }
        let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + name
        #expect(contents(ole).attachments.first?.marks == [.macros])
    }

    @Test(arguments: ["code.png", "code.jpg"])
    func codesAreRead(_ name: String) throws {
        let contents = contents(try file(name))
        #expect(contents.codes.map(\.text) == ["https://evil.example/qr?x=1"])
        #expect(contents.links.first?.element == "code")
    }

    @Test func codesInPagesAreRead() throws {
        let picture = Data(try file("code.png")).base64EncodedString()
        let page = "Content-Type: text/html\r\n\r\n<img src=\"data:image/png;base64,\(picture)\">"
        #expect(
            Contents(of: Message(Source(exactly: Array(page.utf8)))).codes.map(\.text) == [
                "https://evil.example/qr?x=1"
            ])
    }

    /// A picture is not decoded when it claims more pixels than are allowed.
    @Test func picturesAreBounded() throws {
        var limits = Limits()
        limits[.pixels] = 100
        for name in ["code.png", "code.jpg"] {
            let contents = contents(try file(name), limits)
            #expect(contents.codes.isEmpty && contents.limitHits.map(\.name) == [.pixels])
        }
        #expect(contents(Array("GIF89a".utf8)).unsearchedPictures == [0])
        #expect(contents(Array(try file("code.png").prefix(60))).unsearchedPictures == [0])
    }

    @Test func digestsAreThoseOfTheBytes() throws {
        let digests = try #require(contents(Array("abc".utf8)).attachments.first?.digests)
        #expect(digests.md5 == "900150983cd24fb0d6963f7d28e17f72")
        #expect(digests.sha1 == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(digests.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
