extension Russian {
    /// Labels, in the form that ``Russian`` describes.
    static let page = #"""
        =says what an email claims, and what of it holds
        ~показывает, что письмо утверждает и что из этого верно
        =Language
        ~Язык
        =Is this email what it says it is?
        ~То ли это письмо, за какое себя выдаёт?
        =Paste its source here: all of it, headers and text.
        ~Вставьте сюда исходник письма целиком: заголовки и текст.
        =Where to find the source
        ~Где взять исходник
        =Options
        ~Настройки
        =Ask DNS about the names in the message
        ~Спросить DNS об именах в письме
        =Without DNS nothing leaves this machine, and SPF, DKIM and DMARC cannot be verified. With it, whoever runs your resolver, and the domains named in the message, can see that somebody asks.
        ~Без DNS ничто не покидает этой машины, но SPF, DKIM и DMARC проверить нельзя. С DNS владелец вашего резолвера и домены из письма увидят, что кто-то спрашивает.
        =It would ask about these names, and about those that the answers lead to:
        ~Будут спрошены эти имена и те, к которым приведут ответы:
        =Ask blocklists, too; who runs them learns the addresses and domains
        ~Спросить и чёрные списки; их владельцы узнают адреса и домены
        =Hosts or networks whose Received fields you trust
        ~Узлы или сети, чьим полям Received вы доверяете
        =Domains whose imitations you want to be told of
        ~Домены, о подделках которых сообщать
        =or a file (.eml, .mbox), which keeps every byte:
        ~или файл (.eml, .mbox), в нём сохранён каждый байт:
        =You can also drop one anywhere on this page.
        ~Файл можно перетащить в любое место страницы.
        =Inspect
        ~Проверить
        =and show
        ~и показать
        =this page
        ~эту страницу
        =the report as HTML file
        ~отчёт файлом HTML
        =the report as JSON
        ~отчёт как JSON
        =the message, redacted
        ~письмо без имён
        =Nothing at hand? Try one of these
        ~Нет письма под рукой? Попробуйте одно из этих
        =Report
        ~Отчёт
        =Download HTML
        ~Скачать HTML
        =Download JSON
        ~Скачать JSON
        =Copy summary
        ~Скопировать итог
        =Redact
        ~Убрать имена
        =open the message, ⋮, Show original, Copy to clipboard
        ~откройте письмо, ⋮, «Показать оригинал», «Скопировать в буфер обмена»
        =on the web ⋯, Save as or Download, which gives an .eml; on Windows File, Properties, Internet headers
        ~на сайте ⋯, «Сохранить как» или «Скачать» — получится .eml; в Windows «Файл», «Свойства», «Заголовки Интернета»
        =View, Message, Raw Source
        ~«Вид», «Сообщение», «Исходный текст»
        =More, View Source, or File, Save As
        ~«Ещё», «Исходный текст» или «Файл», «Сохранить как»
        =⋯, Message properties
        ~⋯, «Свойства письма»
        =More, Show message headers or Download
        ~«Ещё», «Служебные заголовки» или «Скачать на компьютер»
        =The page runs on this machine. Nothing is stored; of a message only its size and how long it took are written to the log.
        ~Страница работает на этой машине. Ничего не хранится; в журнал пишутся только размер письма и время проверки.
        =Inspecting …
        ~Проверяю …
        =Paste the source of a message, or choose a file.
        ~Вставьте исходник письма или выберите файл.
        =Copied.
        ~Скопировано.
        =The browser does not let this page write to the clipboard.
        ~Браузер не даёт странице писать в буфер обмена.
        =Names, addresses, hosts and tokens are replaced in the file.
        ~Имена, адреса, узлы и метки в файле заменены.
        =A forged invoice
        ~Поддельный счёт
        =A name that looks like another
        ~Имя, похожее на другое
        =An honest newsletter
        ~Честная рассылка
        =An honest letter
        ~Честное письмо
        =A mailing list
        ~Список рассылки
        =A server whose clock is wrong
        ~Сервер с неверными часами
        =A bounce
        ~Возврат
        =Broken MIME
        ~Сломанный MIME
        =A made-up message with recorded answers of DNS.
        ~Придуманное письмо с записанными ответами DNS.
        =This is a mailbox; the report is about the first of its %1 messages.
        ~Это почтовый ящик; отчёт — о первом из его писем (всего %1).
        =has the same name under another suffix
        ~то же имя в другой зоне
        =looks like it
        ~выглядит так же
        =has its name among other words
        ~в нём это имя среди других слов
        =has its name with letters before or behind it
        ~в нём это имя с приставленными буквами
        =is spelt almost alike
        ~пишется почти так же
        =shows its name before its own
        ~показывает это имя перед своим
        =it waited at %1, where it was handed in
        ~ждало у %1, где его сдали
        =what verified (%1) is not the author's domain
        ~подтверждённое (%1) — не домен автора
        =nothing verified
        ~ничто не подтвердилось
        =%1 asks for %2
        ~%1 просит: %2
        =the clock of %1 is %2 ahead
        ~часы %1 спешат на %2!
        =the clock of %1 is %2 behind
        ~часы %1 отстают на %2!
        =the clock of the author's computer is %1 ahead
        ~часы компьютера автора спешат на %1!
        =the clock of the author's computer is %1 behind
        ~часы компьютера автора отстают на %1!
        =assuming that the other clocks are right, and that the shortest leg took no time
        ~если другие часы верны, а самый короткий участок не занял времени
        =%1 (%2); delays are set right for it
        ~%1! (%2!); задержки исправлены
        =%1 belongs to %2
        ~%1 принадлежит %2
        =%1 is trusted by you
        ~%1 — доверенный вами
        =anyone can have written this claim
        ~это утверждение мог написать кто угодно
        =the message has no signature
        ~в письме нет подписи
        =the envelope's sender is of %1, not of %2
        ~отправитель конверта из %1, а не из %2
        =no signature
        ~нет подписи
        =private
        ~частный
        =loopback
        ~петля
        =link-local
        ~локальный канал
        =shared
        ~общий
        =reserved
        ~зарезервирован
        =documentation
        ~для документации
        =SPF passes for %1, so DMARC passes for %2
        ~SPF проходит для %1, поэтому DMARC проходит для %2
        =the DKIM signature of %1 is right, so DMARC passes for %2
        ~подпись DKIM домена %1 верна, поэтому DMARC проходит для %2
        =SPF passes for %1
        ~SPF проходит для %1
        =the DKIM signature of %1 is right
        ~подпись DKIM домена %1 верна
        =%1 is not the author's domain
        ~%1 — не домен автора
        =DMARC fails for %1, which asks for %2
        ~DMARC не проходит для %1, и его политика — %2
        =%1 publishes no DMARC policy, so nothing says what verification would prove
        ~%1 не объявляет политики DMARC, поэтому неизвестно, что доказала бы проверка
        =SPF is about %1 (the hand-over hop's word) and %2 (by Return-Path)
        ~SPF — о %1 (по словам участка передачи) и %2 (по Return-Path)
        =SPF is about %1 (as you say) and %2 (as you say)
        ~SPF — о %1 и %2 (по вашим словам)
        =%1, %2 ahead, would explain it
        ~%1 спешат на %2!, и это всё объяснило бы
        =%1, %2 behind, would explain it
        ~%1 отстают на %2!, и это всё объяснило бы
        =… 1 line without evidence …
        ~… одна строка без улик …
        =and 1 more place
        ~и ещё одно место
        =… and 1 more place
        ~… и ещё одно место
        =SMTP over TLS, logged in
        ~SMTP поверх TLS, со входом
        =SMTP over TLS
        ~SMTP поверх TLS
        =See:
        ~См.:
        =Found in:
        ~Найдётся в:
        =Not found in:
        ~Не найдётся в:
        """#
}
