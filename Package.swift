// swift-tools-version: 6.2
import PackageDescription

/// Messages to try on the page; links to the fixtures.
let samples = [
    "forged-invoice", "lookalike", "newsletter", "personal", "mailing-list", "wrong-clock", "bounce", "broken-mime",
]

let package = Package(
    name: "backstamp",
    products: [
        .executable(name: "backstamp", targets: ["backstamp"]),
        .library(name: "Mail", targets: ["Mail"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        // Hummingbird's own foundations, whose types its interface is made of.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.7.0"),
    ],
    targets: [
        .target(name: "CBytes"),
        .target(name: "CLoader", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CICU", dependencies: ["CLoader"]),
        .systemLibrary(name: "CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .target(name: "CUchardet", dependencies: ["CLoader"]),
        .target(name: "CUnbound", dependencies: ["CLoader"]),

        // The heavy C libraries stay behind C of our own, which loads them when they are first needed. It also keeps
        // ICU's headers, which libxml2's include, apart from Foundation's private copy.
        .target(name: "CMustache"),
        .target(name: "CArchive", dependencies: ["CLoader"]),
        .target(name: "CPictures", dependencies: ["CLoader"]),
        // The link leads to libxml2's headers: a system library of pkg-config's would be linked, too, and loaded at each start.
        .target(
            name: "CHTML", dependencies: ["CLoader"], exclude: ["libxml2"], cSettings: [.headerSearchPath("libxml2")]),

        .target(name: "CLanguages"),
        .target(name: "Phrases", dependencies: ["CLanguages"]),
        .target(name: "Mail", dependencies: ["Phrases", "CBytes", "CICU", "CPSL", "CUchardet"]),
        .target(name: "DNS", dependencies: ["Phrases", "Mail", "CUnbound"]),
        .target(
            name: "Authentication",
            dependencies: [
                "Phrases", "Mail", "DNS", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        .target(
            name: "Content",
            dependencies: [
                "Phrases", "Mail", "CArchive", "CHTML", "CPictures", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(name: "Delivery", dependencies: ["Phrases", "Mail"]),
        .target(name: "Inspection", dependencies: ["Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery"]),
        .target(
            name: "Checks",
            dependencies: ["Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection"]),
        .target(name: "DomainAudit", dependencies: ["Phrases", "Mail", "DNS", "Authentication", "Checks"]),
        .target(
            name: "Templates", path: "templates",
            resources: [
                "report.mustache", "body.mustache", "domain.mustache", "style.css", "page.mustache", "page.css",
                "page.js",
            ].map { .embedInCode($0) }),
        .target(
            name: "Rendering",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks",
                "DomainAudit",
                "Templates", "CBytes", "CMustache", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(name: "Intake", dependencies: ["Phrases", "Mail"]),
        .target(name: "Redaction", dependencies: ["Phrases", "Mail", "Content", "Delivery", "Inspection"]),
        .target(
            name: "Serving",
            dependencies: [
                "Phrases", "Mail", "DNS", "Delivery", "Inspection", "Checks", "Intake", "Redaction", "Rendering",
                "Templates",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: samples.flatMap {
                [.embedInCode("Samples/\($0).eml"), .embedInCode("Samples/\($0).zone")]
            } + [.embedInCode("openapi.json")]),
        .executableTarget(
            name: "backstamp",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks",
                "DomainAudit",
                "Rendering", "Intake", "Redaction", "Serving", "Templates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Not part of the product: scores suites of third-party messages.
        .executableTarget(
            name: "score",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks", "Redaction",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Tools/score"),

        // Not part of the product: what the benchmarks time of ours.
        .executableTarget(
            name: "bench",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks", "Redaction",
                "Rendering",
            ],
            path: "Tools/bench/ours"),

        .testTarget(name: "PhrasesTests", dependencies: ["Phrases"]),
        .testTarget(name: "MailTests", dependencies: ["Phrases", "Mail"]),
        .testTarget(name: "DNSTests", dependencies: ["Phrases", "Mail", "DNS"]),
        .testTarget(
            name: "AuthenticationTests",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(name: "ContentTests", dependencies: ["Phrases", "Mail", "Content"]),
        .testTarget(name: "DeliveryTests", dependencies: ["Phrases", "Mail", "DNS", "Delivery"]),
        .testTarget(
            name: "InspectionTests",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Delivery", "Inspection", "Checks",
            ]),
        .testTarget(
            name: "ChecksTests",
            dependencies: ["Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks"]),
        .testTarget(name: "DomainAuditTests", dependencies: ["Phrases", "Mail", "DNS", "Checks", "DomainAudit"]),
        .testTarget(
            name: "RenderingTests",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Inspection", "Checks", "DomainAudit", "Rendering",
                "Templates",
            ]),
        .testTarget(name: "ServingTests", dependencies: ["Phrases", "Mail", "Serving"]),
        .testTarget(name: "RedactionTests", dependencies: ["Mail", "Redaction"]),
        .testTarget(name: "CommandTests", dependencies: ["Mail"]),
    ],
    cxxLanguageStandard: .cxx17
)

// libFuzzer brings its own main, so this one is built by scripts/fuzz alone.
if Context.environment["BACKSTAMP_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Phrases", "Mail", "DNS", "Authentication", "Content", "Delivery", "Inspection", "Checks", "Redaction",
                "Rendering",
            ],
            path: "Tools/fuzz"))
}

for target in package.targets
where target.type != .system
    && ![
        "CArchive", "CBytes", "CICU", "CHTML", "CLanguages", "CLoader", "CMustache", "CPictures", "CUchardet",
        "CUnbound",
    ].contains(target.name)
{
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
