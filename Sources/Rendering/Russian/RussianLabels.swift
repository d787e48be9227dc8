extension Russian {
    /// Labels, in the form that ``Russian`` describes.
    static let labels = #"""
        =There are strong signs that this message is not from whom it says.
        ~Есть веские признаки того, что это письмо не от того, от кого оно якобы.
        =Something about this message is suspicious: ask the sender another way before you act on it.
        ~В этом письме что-то подозрительно: прежде чем действовать, спросите отправителя другим путём.
        =This message is odd in ways that honest messages can be, too.
        ~Письмо необычно, но такими бывают и честные письма.
        =No signs of forgery were found; that is no proof that the message is honest.
        ~Признаков подделки не найдено; это не доказывает, что письмо честное.
        =It cannot be said whether this message is honest: %1.
        ~Нельзя сказать, честно ли это письмо: %1!.
        =Do not click, answer, open or pay anything in it.
        ~Ничего в нём не нажимайте, не открывайте и не оплачивайте; не отвечайте.
        =Report it to your mail provider, then delete it.
        ~Сообщите о нём почтовому провайдеру, затем удалите.
        =Ask the sender in another way, by a number or address that you had before.
        ~Спросите отправителя другим путём — по номеру или адресу, который был у вас раньше.
        =Until then do not click, answer, open or pay anything in it.
        ~До тех пор ничего в нём не нажимайте, не открывайте и не оплачивайте; не отвечайте.
        =If it asks for money, passwords or haste, ask the sender in another way first.
        ~Если оно просит денег, паролей или торопит, сначала спросите отправителя другим путём.
        =Judge what it asks of you as you would any message.
        ~О том, чего оно от вас хочет, судите, как о любом письме.
        =Inspect the complete source of the message, with DNS, as your mailbox has it.
        ~Проверьте полный исходник письма, с DNS, каким он лежит в вашем ящике.
        =If you already clicked, answered or paid: change the password that you typed, call your bank, and tell whoever looks after your computer.
        ~Если вы уже нажали, ответили или заплатили: смените набранный пароль, позвоните в банк и скажите тому, кто следит за вашим компьютером.
        =the input is UTF-16 text, which no message is: save the source as it was sent
        ~на входе текст UTF-16, каким письмо не бывает: сохраните исходник таким, каким он был отправлен
        =there is no header section: this may be no message
        ~нет заголовка: возможно, это не письмо
        =there is only a header, no body
        ~есть только заголовок, текста нет
        =the message has not been sent yet: it has no Received field
        ~письмо ещё не отправлено: в нём нет поля Received
        =DNS was not asked, or did not answer
        ~DNS не спрашивали, или он не ответил
        =DNS did not say whether %1 exists
        ~DNS не сказал, существует ли %1
        =forged
        ~подделка
        =suspicious
        ~подозрительно
        =unusual
        ~необычно
        =nothing found
        ~ничего не найдено
        =cannot say
        ~сказать нельзя
        =alarm
        ~тревога
        =warning
        ~предупреждение
        =caution
        ~осторожно
        =note
        ~заметка
        =Verdict
        ~Вердикт
        =What to do
        ~Что делать
        =Who it says it is from
        ~От кого оно якобы
        =The message says so; only what is marked as checked was verified.
        ~Так говорит само письмо; проверено только то, что отмечено как проверенное.
        =Field
        ~Поле
        =Value
        ~Значение
        =Beside the sender
        ~Рядом с отправителем
        =Line
        ~Строка
        =Where it has been
        ~Где оно побывало
        =The delay of each hop; the table below has the same in words
        ~Задержка каждого участка; в таблице ниже то же словами
        =claimed above, observed below
        ~выше — утверждения, ниже — наблюдения
        =Hop
        ~Участок
        =From
        ~От
        =By
        ~Кем принято
        =Time (UTC)
        ~Время (UTC)
        =Delay
        ~Задержка
        =With
        ~Протокол
        =Claimed: anyone can have written these
        ~Утверждения: это мог написать кто угодно
        =observed
        ~наблюдение
        =claimed
        ~утверждение
        =slowest
        ~самый долгий
        =handed over
        ~передача
        =… and %1 more hops
        ~… и ещё участков: %1
        =Authentication
        ~Аутентификация
        =Verified now
        ~Проверено сейчас
        =Method
        ~Метод
        =Result
        ~Результат
        =For, and why
        ~Для кого и почему
        =Not verified: DNS was not asked.
        ~Не проверено: DNS не спрашивали.
        =not verified
        ~не проверено
        =Claimed by
        ~Заявляет
        =Claimed result
        ~Заявленный результат
        =For
        ~Для
        =Found otherwise
        ~Найдено иначе
        =No receiver's results are in the message.
        ~Результатов получателя в письме нет.
        =Blocklists
        ~Чёрные списки
        =Opinions, each one sign among others.
        ~Мнения; каждое — один признак среди прочих.
        =opinions, each one sign among others
        ~мнения; каждое — один признак среди прочих
        =Address or domain
        ~Адрес или домен
        =Lists
        ~Списки
        =What it contains
        ~Что в нём
        =Only a header section, no body.
        ~Только заголовок, текста нет.
        =only a header section, no body
        ~только заголовок, текста нет
        =… and %1 more parts
        ~… и ещё частей: %1
        =It begins:
        ~Начинается так:
        =Links, made unclickable
        ~Ссылки, обезвреженные
        =Shown
        ~Показано
        =Leads to
        ~Ведёт на
        =Times
        ~Раз
        =What showing it would load
        ~Что загрузит показ письма
        =Would load, when shown, from
        ~При показе загрузило бы с
        =and %1 more hosts
        ~и ещё узлов: %1
        =Asks for
        ~Просит
        =Invitation
        ~Приглашение
        =Attachments
        ~Вложения
        =Name
        ~Имя
        =Type
        ~Тип
        =Size
        ~Размер
        =Digests
        ~Хеши
        =Findings
        ~Находки
        =None.
        ~Нет.
        =none
        ~нет
        =… and %1 more places
        ~… и ещё мест: %1
        =and %1 more places
        ~и ещё мест: %1
        =why it matters and what to do
        ~почему это важно и что делать
        =Do:
        ~Сделайте:
        =why
        ~почему
        =do
        ~сделайте
        =see
        ~см.
        =… and %1 more of %2
        ~… и ещё %2: %1
        =… and %1 more
        ~… и ещё %1
        =The source, marked
        ~Исходник с пометками
        =… %1 lines without evidence …
        ~… строк без улик: %1 …
        =… %1 more bytes are not shown …
        ~… ещё байтов не показано: %1 …
        =line %1, end of the header
        ~строка %1, конец заголовка
        =Not checked
        ~Не проверено
        =could not check
        ~проверить не удалось
        =not checked
        ~не проверено
        =DNS questions that were asked
        ~Заданные вопросы DNS
        =Question
        ~Вопрос
        =Answer
        ~Ответ
        =Nothing in this page is loaded from elsewhere or can run.
        ~На этой странице ничто не загружается извне и ничто не выполняется.
        =slowest leg
        ~самый долгий участок
        =above this line: claims that anyone can write
        ~выше этой черты — утверждения, которые может написать кто угодно
        =no hop is known to be written by the receiver
        ~ни об одном участке не известно, что его написал получатель
        =below this line: written by the receiving side (%1)
        ~ниже этой черты — написанное принимающей стороной (%1)
        =the newest field is written by the server that received the message
        ~новейшее поле пишет сервер, принявший письмо
        =it took the message from %1
        ~она приняла письмо от %1
        =The message has no Received field: it has not been sent yet, or its route was left out.
        ~В письме нет поля Received: оно ещё не отправлено, или маршрут опущен.
        =%1 hops
        ~участков: %1
        =1 hop
        ~один участок
        =%1 hops, %2 in all
        ~участков: %1, всего %2!
        =1 hop, %1 in all
        ~один участок, всего %1!
        =the slowest leg is hop %1 with %2
        ~самый долгий — участок %1: %2!
        =%1 more say nothing about the route
        ~ещё строк, ничего не говорящих о маршруте: %1
        =%1 more could not be read
        ~ещё не прочитано: %1
        =inside %1, %2 hops
        ~внутри %1, участков: %2
        =no time
        ~нет времени
        =unreadable time
        ~время не читается
        =zone not known
        ~пояс неизвестен
        =%1 (by the stamps %2)
        ~%1! (по отметкам %2!)
        =logged in: %1
        ~вход: %1
        =cipher %1
        ~шифр %1
        =written by %1
        ~написал %1
        =reverse name %1, confirmed
        ~обратное имя %1, подтверждено
        =no reverse name
        ~нет обратного имени
        =reverse name %1, not confirmed
        ~обратное имя %1, не подтверждено
        """#
}
