import CArchive
import Mail

/// What a document does besides being read.
package enum DocumentMark: String, CaseIterable, Sendable {
    case macros = "has macros"
    /// Excel's old language, which newer programs still run.
    case oldMacros = "has Excel 4 macros"
    case embedded = "has a file or program inside"
    case externalTemplate = "loads a template from elsewhere"
    case script = "has scripts"
    case actsOnOpening = "does something when it is opened"
    case startsProgram = "starts a program"
    case form = "has a form that is sent off"
    case encrypted = "is encrypted"
}

/// The marks of one file and the addresses in it.
struct DocumentReading {
    private(set) var marks: Set<DocumentMark> = []
    private(set) var addresses: [String] = []
    /// Which limit ended the reading.
    private(set) var limit: Limits.Name?
    /// Whether streams were not read, for want of zlib.
    private(set) var isUnread = false

    init(_ bytes: [UInt8], _ type: FileType?, _ archive: ArchiveListing?, limits: Limits) {
        if let archive {
            read(archive)
        } else if type?.extensions.contains("msi") == true {
            readOLE(bytes)
        } else if type?.extensions.first == "pdf" {
            readPDF(bytes, limits)
        } else if type?.extensions.first == "rtf" {
            if bytes.firstOffset(ofAnyCase: "\\objdata", in: 0..<bytes.count) != nil { marks.insert(.embedded) }
        }
    }

    // MARK: Office

    /// Names in the directory of a compound file are UTF-16. MS-CFB §2.6.1
    private mutating func readOLE(_ bytes: [UInt8]) {
        func has(_ name: String) -> Bool {
            let wide: [UInt8] = name.utf8.flatMap { [$0, 0] }
            return bytes.firstOffset(ofBytes: wide, in: 0..<bytes.count) != nil
        }
        if has("_VBA_PROJECT") { marks.insert(.macros) }
        if has("Ole10Native") || has("EmbeddedOdf") { marks.insert(.embedded) }
        if has("EncryptedPackage") { marks.insert(.encrypted) }
    }

    /// ECMA-376 part 2: parts of a package are entries of a zip archive, and what they lead to stands in `.rels`.
    private mutating func read(_ archive: ArchiveListing) {
        let names = archive.entries.compactMap { $0.name?.lowercased() }
        guard names.contains("[content_types].xml") || names.contains("mimetype") else { return }
        for name in names {
            if name.hasSuffix("vbaproject.bin") { marks.insert(.macros) }
            if name.contains("macrosheets/") { marks.insert(.oldMacros) }
            if name.contains("embeddings/") || name.contains("activex/") { marks.insert(.embedded) }
            if name.hasPrefix("basic/") || name.hasPrefix("scripts/") { marks.insert(.macros) }
        }
        for relation in archive.relations {
            var scanner = HTMLScanner(relation, attributes: 32)
            while let token = scanner.next() {
                guard case .tag = token, scanner.name == "relationship", let target = scanner.value(of: "target"),
                    let mode = scanner.value(of: "targetmode"), scanner.bytes.hasASCII("external", at: mode.lowerBound)
                else { continue }
                if addresses.count < 1000 {
                    addresses.append(HTMLText.decoded(scanner.bytes[target], inAttribute: true))
                }
                if let kind = scanner.value(of: "type"),
                    scanner.bytes.firstOffset(ofAnyCase: "attachedtemplate", in: kind) != nil
                        || scanner.bytes.firstOffset(ofAnyCase: "oleobject", in: kind) != nil
                        || scanner.bytes.firstOffset(ofAnyCase: "/frame", in: kind) != nil
                {
                    marks.insert(.externalTemplate)
                }
            }
        }
    }

    // MARK: PDF

    /// ISO 32000-1 §12.6: actions are named in dictionaries, which may stand in compressed streams of objects.
    private mutating func readPDF(_ bytes: [UInt8], _ limits: Limits) {
        readNames(bytes)
        let (allowed, name) = limits.unpacked(of: bytes.count)
        var room = allowed
        var buffer = [UInt8](
            repeating: 0, count: bytes.firstOffset(of: "/ObjStm", in: 0..<bytes.count) == nil ? 0 : 4 << 20)
        var offset = 0
        while room > 0, let objects = bytes.firstOffset(of: "/ObjStm", in: offset..<bytes.count) {
            offset = objects + 7
            let near = offset..<min(bytes.count, offset + 1024)
            guard var start = bytes.firstOffset(of: "stream", in: near).map({ $0 + 6 }) else { continue }
            if start < bytes.count, bytes[start] == .carriageReturn { start += 1 }
            if start < bytes.count, bytes[start] == .lineFeed { start += 1 }
            let end = bytes.firstOffset(of: "endstream", in: min(start, bytes.count)..<bytes.count) ?? bytes.count
            guard start < end else { continue }
            guard backstamp_zlib_is_there() != 0 else {
                isUnread = true
                return
            }
            let capacity = min(room, buffer.count)
            let count = bytes.withUnsafeBufferPointer { source in
                buffer.withUnsafeMutableBufferPointer { target -> Int in
                    guard let from = source.baseAddress, let to = target.baseAddress else { return 0 }
                    return backstamp_inflate(from + start, end - start, to, capacity)
                }
            }
            room -= max(count, 4096)
            readNames(Array(buffer.prefix(count)))
            offset = end
            if room <= 0 { limit = name }
        }
    }

    private mutating func readNames(_ bytes: [UInt8]) {
        var offset = 0
        while let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: offset..<bytes.count) {
            var name: [UInt8] = []
            offset = slash + 1
            while offset < bytes.count, name.count < 24, bytes[offset] > 0x20,
                !"()<>[]{}/%".utf8.contains(bytes[offset])
            {
                // A character may be written as "#4a". ISO 32000-1 §7.3.5
                if bytes[offset] == UInt8(ascii: "#"), offset + 2 < bytes.count, let high = bytes[offset + 1].hexDigit,
                    let low = bytes[offset + 2].hexDigit
                {
                    name.append(high << 4 | low)
                    offset += 3
                } else {
                    name.append(bytes[offset])
                    offset += 1
                }
            }
            switch String(decoding: name, as: UTF8.self) {
            case "JavaScript", "JS": marks.insert(.script)
            case "OpenAction", "AA": marks.insert(.actsOnOpening)
            case "Launch": marks.insert(.startsProgram)
            case "EmbeddedFile", "EmbeddedFiles", "RichMedia": marks.insert(.embedded)
            case "SubmitForm": marks.insert(.form)
            case "Encrypt": marks.insert(.encrypted)
            case "URI": readAddress(bytes, offset)
            default: break
            }
        }
    }

    /// `/URI (https://…)` or `/URI <68747470…>`
    private mutating func readAddress(_ bytes: [UInt8], _ start: Int) {
        var offset = start
        while offset < bytes.count, bytes[offset].isHTMLBlank { offset += 1 }
        guard offset < bytes.count, addresses.count < 1000 else { return }
        var text: [UInt8] = []
        if bytes[offset] == UInt8(ascii: "(") {
            offset += 1
            while offset < bytes.count, bytes[offset] != UInt8(ascii: ")"), text.count < 4096 {
                if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
                text.append(bytes[offset])
                offset += 1
            }
        } else if bytes[offset] == UInt8(ascii: "<") {
            offset += 1
            while offset + 1 < bytes.count, text.count < 4096, let high = bytes[offset].hexDigit,
                let low = bytes[offset + 1].hexDigit
            {
                text.append(high << 4 | low)
                offset += 2
            }
        }
        if !text.isEmpty { addresses.append(String(decoding: text, as: UTF8.self)) }
    }
}
