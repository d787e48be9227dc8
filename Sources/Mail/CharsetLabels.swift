extension Charset {
    /// Labels as mail and the web use them. WHATWG Encoding Standard §4.2, and what only mail has.
    static let byLabel: [String: Charset] = {
        var byLabel: [String: Charset] = [:]
        for (name, converter, labels) in table {
            let charset = Charset(name, converter: converter)
            for label in labels.split(separator: " ") { byLabel[String(label)] = charset }
        }
        return byLabel
    }()

    /// Every charset on the list, by its standard name.
    public static let all: [Charset] = table.map { Charset($0.name, converter: $0.converter) }

    private static let table: [(name: String, converter: StaticString, labels: String)] = [
        ("utf-8", "UTF-8", "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
        (
            "windows-1252", "windows-1252",
            """
            us-ascii ascii ansi_x3.4-1968 iso646-us iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 \
            iso-ir-100 latin1 l1 cp819 ibm819 csisolatin1 windows-1252 cp1252 x-cp1252 ansi
            """
        ),
        ("iso-8859-2", "ISO-8859-2", "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso-ir-101 latin2 l2 csisolatin2"),
        ("iso-8859-3", "ISO-8859-3", "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso-ir-109 latin3 l3 csisolatin3"),
        ("iso-8859-4", "ISO-8859-4", "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso-ir-110 latin4 l4 csisolatin4"),
        (
            "iso-8859-5", "ISO-8859-5",
            "iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso-ir-144 cyrillic csisolatincyrillic"
        ),
        (
            "iso-8859-6", "ISO-8859-6",
            """
            iso-8859-6 iso8859-6 iso88596 iso_8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 arabic asmo-708 ecma-114 \
            csisolatinarabic
            """
        ),
        (
            "iso-8859-7", "ISO-8859-7",
            "iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso-ir-126 greek greek8 ecma-118 elot_928 csisolatingreek"
        ),
        (
            "iso-8859-8", "ISO-8859-8",
            """
            iso-8859-8 iso8859-8 iso88598 iso_8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 hebrew visual logical \
            csisolatinhebrew
            """
        ),
        ("iso-8859-10", "ISO-8859-10", "iso-8859-10 iso8859-10 iso885910 iso-ir-157 latin6 l6 csisolatin6"),
        ("iso-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13 iso885913"),
        ("iso-8859-14", "ISO-8859-14", "iso-8859-14 iso8859-14 iso885914"),
        ("iso-8859-15", "ISO-8859-15", "iso-8859-15 iso8859-15 iso885915 iso_8859-15 latin9 latin-9 l9 csisolatin9"),
        ("windows-1250", "windows-1250", "windows-1250 cp1250 x-cp1250"),
        ("windows-1251", "windows-1251", "windows-1251 cp1251 x-cp1251 win-1251 cp-1251"),
        ("windows-1253", "windows-1253", "windows-1253 cp1253 x-cp1253"),
        (
            "windows-1254", "windows-1254",
            "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso-ir-148 latin5 l5 csisolatin5"
        ),
        ("windows-1255", "windows-1255", "windows-1255 cp1255 x-cp1255"),
        ("windows-1256", "windows-1256", "windows-1256 cp1256 x-cp1256"),
        ("windows-1257", "windows-1257", "windows-1257 cp1257 x-cp1257"),
        ("windows-1258", "windows-1258", "windows-1258 cp1258 x-cp1258"),
        ("windows-874", "windows-874", "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11 iso885911"),
        ("koi8-r", "KOI8-R", "koi8-r koi8_r koi8 koi cskoi8r"),
        ("koi8-u", "KOI8-U", "koi8-u koi8-ru"),
        ("ibm866", "ibm-866", "ibm866 cp866 866 csibm866 cp-866 dos-866"),
        ("ibm437", "ibm-437", "ibm437 cp437 437 cspc8codepage437"),
        ("ibm850", "ibm-850", "ibm850 cp850 850 cspc850multilingual"),
        ("ibm852", "ibm-852", "ibm852 cp852 852"),
        ("macintosh", "macintosh", "macintosh mac x-mac-roman csmacintosh"),
        ("x-mac-cyrillic", "x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian mac-cyrillic maccyrillic"),
        (
            "gb18030", "gb18030",
            """
            gb18030 gbk gb2312 gb_2312 gb_2312-80 csgb2312 csiso58gb231280 chinese iso-ir-58 x-gbk cp936 windows-936 \
            ms936 euc-cn
            """
        ),
        ("hz-gb-2312", "HZ", "hz-gb-2312 hz"),
        ("big5", "Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 windows-950"),
        ("euc-jp", "EUC-JP", "euc-jp x-euc-jp cseucpkdfmtjapanese"),
        ("iso-2022-jp", "ISO-2022-JP-2", "iso-2022-jp csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3"),
        (
            "shift_jis", "windows-31j",
            "shift_jis shift-jis sjis x-sjis ms_kanji ms932 csshiftjis windows-31j cp932 windows-932"
        ),
        (
            "euc-kr", "windows-949",
            """
            euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean csksc56011987 cseuckr iso-ir-149 windows-949 \
            cp949 ks_c_5601
            """
        ),
        ("iso-2022-kr", "ISO-2022-KR", "iso-2022-kr csiso2022kr"),
        ("utf-16be", "UTF-16BE", "utf-16be unicodefffe"),
        ("utf-16le", "UTF-16LE", "utf-16le utf-16 unicode unicodefeff csunicode iso-10646-ucs-2 ucs-2"),
        ("utf-7", "UTF-7", "utf-7 unicode-1-1-utf-7 csunicode11utf7"),
    ]
}
