import Mail

struct BlankBeforeColon: Check {
    let about = About(
        "blank-before-colon", .syntax, "a blank between a field's name and its colon",
        severity: .caution,
        why: """
            Standards before 2001 allowed the blank. Today one program reads "From :" as From and another as an unknown \
            field, which lets a message show one author to a filter and another to its reader.
            """,
        remedy: "Write the colon right after the name.",
        references: [.rfc(5322, "4.5")],
        triggers: [Example("From⟦ ⟧: <a@example.com>\r\n\r\n")],
        passes: [Example("From: <a@example.com>\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let places = inspection.message.defects.filter { $0.value == .blankBeforeColon }
        guard !places.isEmpty else { return [] }
        return [
            Finding(
                "\(places.count) field name\(places.count == 1 ? " is" : "s are") followed by a blank",
                places.prefix(Report.maximumPlaces).map { .at($0, "blank before the colon") }, places: places.count)
        ]
    }
}
