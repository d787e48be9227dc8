import CArchive
package import Mail

/// What an archive holds, read without writing anything anywhere.
package struct ArchiveListing: Sendable {
    package struct Entry: Sendable {
        /// As the archive names it, with its folders; `nil` for one compressed file without a name.
        package let name: String?
        /// Bytes: those that were read, or what the archive declares where they were not.
        package let size: Int?
        /// What it is by its bytes, if that is one of the known formats and they could be read.
        package let type: FileType?
        package let isEncrypted: Bool
        /// How many archives stand around it inside of the attachment.
        package let depth: Int
    }

    package private(set) var entries: [Entry] = []
    /// Whether a password is needed to read all of it.
    package private(set) var isEncrypted = false
    /// Whether the rest could not be read.
    package private(set) var isDamaged = false
    /// Which limit ended the reading.
    package private(set) var limit: Limits.Name?
    /// Texts of Office files that say where they lead.
    private(set) var relations: [[UInt8]] = []

    /// Whether libarchive is there.
    static var canRead: Bool { backstamp_libarchive_is_there() != 0 }

    /// `nil` when the bytes are no archive, or libarchive is not there.
    init?(_ bytes: [UInt8], limits: Limits) {
        var waiting: [(bytes: [UInt8], depth: Int)] = [(bytes, 0)]
        // What may come out of all of it: a little archive may hold much, but not everything.
        let (allowed, name) = limits.unpacked(of: bytes.count)
        var room = allowed
        while let one = waiting.popLast(), limit == nil {
            let inner = one.bytes.withUnsafeBufferPointer { buffer in
                read(buffer, one.depth, &room, limits, name)
            }
            guard let inner else {
                if one.depth == 0 { return nil }
                continue
            }
            if Self.isCutOff(one.bytes) { isDamaged = true }
            if one.depth < 2 { waiting += inner.map { ($0, one.depth + 1) } }
        }
    }

    /// Comes back with archives inside; `nil` when it is none.
    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ depth: Int, _ room: inout Int, _ limits: Limits, _ bound: Limits.Name
    ) -> [[UInt8]]? {
        guard let base = bytes.baseAddress, let archive = backstamp_archive_open(base, bytes.count) else { return nil }
        defer { backstamp_archive_close(archive) }
        let first = entries.count
        var inner: [[UInt8]] = []
        var entry = BackstampEntry()
        var slice = [UInt8](repeating: 0, count: 64 << 10)
        var status = backstamp_archive_next(archive, &entry)
        while status == 1 {
            guard entries.count < limits[.archiveEntries] else {
                limit = limit ?? .archiveEntries
                break
            }
            let name = entry.name.map { String(cString: $0) }
            let isEncrypted = entry.is_encrypted != 0
            var data: [UInt8] = []
            var size = 0
            if entry.is_file != 0, !isEncrypted, room > 0 {
                let keeps = max(4096, Self.kept(name))
                while room > 0 {
                    let count = Int(backstamp_archive_read(archive, &slice, min(slice.count, room)))
                    if count < 0 { isDamaged = true }
                    guard count > 0 else { break }
                    room -= count
                    size = size.addingClamped(count)
                    if data.count < keeps || FileType(data[...])?.kind == .archive, data.count < 8 << 20 {
                        data += slice.prefix(count)
                    }
                }
            }
            let type = FileType(data[...])
            if entry.is_file != 0 {
                entries.append(
                    Entry(
                        name: name, size: size > 0 ? size : entry.size >= 0 ? Int(clamping: entry.size) : nil,
                        type: type,
                        isEncrypted: isEncrypted, depth: depth))
            }
            self.isEncrypted = self.isEncrypted || isEncrypted
            if type?.kind == .archive, data.count == size, depth < 2 { inner.append(data) }
            if name?.hasSuffix(".rels") == true { relations.append(data) }
            if room <= 0 {
                limit = limit ?? bound
                // The names that are left cost nothing where data can be passed over.
                if backstamp_archive_skips(archive) == 0 { break }
            }
            status = backstamp_archive_next(archive, &entry)
        }
        if backstamp_archive_wants_password(archive) != 0 { isEncrypted = true }
        if status == -1 {
            if entries.count == first, !isEncrypted { return nil }
            isDamaged = isDamaged || !isEncrypted
        }
        return inner
    }

    /// Whether a zip archive lacks the record that ends it, which libarchive does without. APPNOTE.TXT §4.3.16
    private static func isCutOff(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) else { return false }
        // The record has 22 bytes, the last two of which say how long the comment is that follows.
        var offset = max(0, bytes.count - 22 - 65_535)
        while let record = bytes.firstOffset(of: "PK\u{5}\u{6}", in: offset..<bytes.count) {
            guard record + 22 <= bytes.count else { return true }
            let comment = Int(bytes[record + 20]) | Int(bytes[record + 21]) << 8
            // A line end of the mail may follow.
            if (0...2).contains(bytes.count - record - 22 - comment) { return false }
            offset = record + 1
        }
        return true
    }

    /// How much of an entry is looked at: Office files say in small ones where they lead.
    private static func kept(_ name: String?) -> Int { name?.hasSuffix(".rels") == true ? 256 << 10 : 4096 }

    /// The whole of an archive whose format says that all is encrypted, or an empty one.
    var isEmpty: Bool { entries.isEmpty && !isEncrypted }
}

extension Limits {
    /// How much may come out of so many bytes, and by which limit.
    func unpacked(of count: Int) -> (bytes: Int, name: Name) {
        let byRatio = max(1 << 20, count.multipliedClamped(self[.archiveRatio]))
        return byRatio < self[.archiveBytes] ? (byRatio, .archiveRatio) : (self[.archiveBytes], .archiveBytes)
    }
}
