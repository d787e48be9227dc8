import ArgumentParser
import Glibc
import Intake
import Mail
import Rendering

/// Where results go: files are written whole or not at all, and never onto what was given as input.
struct Output {
    private let inputs: Set<FileIdentity>

    /// - Parameter inputs: all files that are read, as they were named; `-` is standard input.
    init(besides inputs: [FilePath]) {
        self.inputs = Set(
            inputs.compactMap { $0 == .standard ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: $0) })
    }

    /// Refuses a target that is one of the inputs, by whatever name or link; `nil` and `-` are standard output.
    func check(_ target: FilePath?) throws(Failure) {
        let path = target == .standard ? nil : target
        let identity = path.map { FileIdentity(path: $0) } ?? FileIdentity(descriptor: STDOUT_FILENO)
        if let identity, inputs.contains(identity) {
            throw Failure(
                .wrongUse,
                "\(path?.description ?? "Standard output") was given as input, which is never written to; name another file."
            )
        }
    }

    func write(_ text: String, to target: FilePath?) throws(Failure) { try write(Array(text.utf8), to: target) }

    /// Replaces a file in one step: whoever reads it sees the old one or the new one. Links are not followed.
    func write(_ bytes: [UInt8], to target: FilePath?) throws(Failure) {
        try check(target)
        guard let target, target != .standard, target != FilePath("/dev/stdout") else { return Console.write(bytes) }
        let path = target.cString()
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFDIR {
            throw Failure(.wrongUse, "\(target) is a directory; name a file to write to.")
        }
        var link = Glibc.stat()
        if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, !isThere || status.st_mode & S_IFMT == S_IFREG {
            throw Failure(.wrongUse, "\(target) is a symbolic link; name the file itself.")
        }
        // A device or a pipe is written to as it is.
        if isThere, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor >= 0, Console.write(bytes, to: descriptor) else { throw Self.unwritable(target) }
            return
        }
        var template = target.cString(adding: ".XXXXXX")
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.unwritable(target) }
        let mask = umask(0)
        umask(mask)
        // What a disk has not taken could be missing behind the new name.
        let isWritten =
            Console.write(bytes, to: descriptor) && fchmod(descriptor, 0o666 & ~mask) == 0 && fsync(descriptor) == 0
        guard close(descriptor) == 0, isWritten, rename(template, path) == 0 else {
            let failure = Self.unwritable(target)
            unlink(template)
            throw failure
        }
    }

    private static func unwritable(_ path: FilePath) -> Failure {
        Failure(.wrongUse, "\(path) could not be written: \(String(cString: strerror(errno))).")
    }

    static func makeDirectory(_ path: FilePath) throws(Failure) {
        var status = stat()
        if stat(path.cString(), &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw Failure(.wrongUse, "\(path) is no directory; several HTML reports need one.")
            }
        } else if mkdir(path.cString(), 0o777) != 0 {
            throw unwritable(path)
        }
    }

    /// The format, one of these, that the ending of a file's name asks for: `nil` where there is no ending, and for devices and pipes.
    static func format(for target: FilePath?, among formats: [Format] = Format.allCases) throws(ValidationError)
        -> Format?
    {
        guard let target, let ending = Format.ending(of: "\(target)") else { return nil }
        if let format = Format(fileName: "\(target)"), formats.contains(format) { return format }
        var status = stat()
        if stat(target.cString(), &status) == 0, status.st_mode & S_IFMT != S_IFREG { return nil }
        let known = Format.endings.filter { formats.contains($0.format) }.map(\.ending).joined(separator: ", ")
        throw ValidationError(
            "No format has the ending \"\(ending)\": name one with --format, or end the file in \(known).")
    }
}
