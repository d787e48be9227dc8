import Mail

/// What a script does that pages in mail have no use for. MITRE ATT&CK T1027.006
package enum ScriptMark: String, CaseIterable, Sendable {
    /// Makes a file out of data.
    case makesFile = "makes a file"
    /// Has the browser save it.
    case savesFile = "saves a file"
    /// Decodes data that stands in it.
    case decodesData = "decodes data"
    /// Runs text as a script.
    case runsText = "runs text as a script"
    /// Leads the reader to another page.
    case leadsAway = "leads to another page"
    /// Sends something to a server.
    case sends = "sends data"

    private var words: [StaticString] {
        switch self {
        case .makesFile: ["createobjecturl", "new blob", "new file("]
        case .savesFile:
            ["mssaveoropenblob", "mssaveblob", ".download", "setattribute('download", "setattribute(\"download"]
        case .decodesData: ["atob(", "fromcharcode", "unescape(", "decodeuricomponent(", "base64,"]
        case .runsText: ["eval(", "document.write", "new function(", "innerhtml"]
        case .leadsAway: ["location.href", "location.replace", "window.location", "document.location", "window.open"]
        case .sends: ["xmlhttprequest", "fetch(", "sendbeacon", "$.ajax", "$.post"]
        }
    }

    static func all(in script: ArraySlice<UInt8>) -> [ScriptMark] {
        let bytes = Array(script)
        return allCases.filter { mark in
            mark.words.contains { bytes.firstOffset(ofAnyCase: $0, in: 0..<bytes.count) != nil }
        }
    }
}
