extension Russian {
    /// Labels, in the form that ``Russian`` describes.
    static let labelsMore = #"""
        =no subject
        ~без темы
        =missing, or no address
        ~нет или без адреса
        =no domain
        ~без домена
        =not in this copy
        ~в этой копии нет
        =no address
        ~нет адреса
        =empty: no bounce wanted
        ~пусто: возвраты не нужны
        =as you say
        ~по вашим словам
        =malformed
        ~с ошибкой
        =the sender's domain
        ~домен отправителя
        =the sender's organisation
        ~организация отправителя
        =another domain
        ~другой домен
        =not checked: offline
        ~не проверено: без сети
        =receives mail at %1
        ~принимает почту на %1
        =says that it takes no mail (null MX)
        ~говорит, что почты не принимает (null MX)
        =receives mail at its own address
        ~принимает почту на своём адресе
        =has no mail server
        ~нет почтового сервера
        =this domain does not exist
        ~этого домена не существует
        =zone not given
        ~пояс не указан
        =sender's zone %1
        ~пояс отправителя %1
        =%1 (the receiving side)
        ~%1 (принимающая сторона)
        =%1 (the receiving side, or whoever sent this)
        ~%1 (принимающая сторона или тот, кто это отправил)
        =%1 (a field that a gateway renamed)
        ~%1 (поле, переименованное шлюзом)
        =%1 (anyone can have written this)
        ~%1 (это мог написать кто угодно)
        =found here: %1, %2
        ~здесь найдено: %1, %2!
        =(not declared)
        ~(не объявлен)
        =bytes
        ~байт
        =(in a document)
        ~(в документе)
        =(a QR code)
        ~(QR-код)
        =(in a calendar)
        ~(в календаре)
        =(in a card)
        ~(в карточке)
        =(no text)
        ~(без текста)
        =%1 of %2 at the most, within %3
        ~%1 из не более чем %2, за %3!
        =(no name)
        ~(без имени)
        =%1 (declared %2)
        ~%1 (объявлен %2)
        =It %1.
        ~Он: %1!.
        =It holds %1.
        ~Внутри: %1.
        =Nothing was found in it.
        ~Внутри ничего не найдено.
        =It wants a password.
        ~Просит пароль.
        =The rest of it cannot be read.
        ~Остальное не читается.
        =This is about the message itself; another one stands inside.
        ~Это о самом письме; внутри есть ещё одно.
        =This is about the message inside (part %1): %2.
        ~Это о письме внутри (часть %1): %2.
        =This is about the message that is pasted into the text: %1.
        ~Это о письме, вставленном в текст: %1.
        =--outer tells of the one around it.
        ~--outer расскажет о внешнем.
        =The message around it: %1
        ~Внешнее письмо: %1
        =The message inside (part %1): %2
        ~Письмо внутри (часть %1): %2
        =The message in the text: %1
        ~Письмо в тексте: %1
        =SPF, DKIM, DMARC and ARC
        ~SPF, DKIM, DMARC и ARC
        =they need DNS; what receivers claim is shown as their claim
        ~им нужен DNS; слова получателей показаны как их утверждения
        =no address that handed the message over is known; --client-ip and --mail-from give them
        ~адрес передавшего узла неизвестен; --client-ip и --mail-from его дают
        =no envelope sender is known, or the address is private; --client-ip and --mail-from give them
        ~отправитель конверта неизвестен, или адрес частный; --client-ip и --mail-from их дают
        =route, Return-Path and authentication
        ~маршрут, Return-Path и аутентификация
        =the message has no Received field, so it has not been sent yet
        ~в письме нет поля Received, значит, оно ещё не отправлено
        =contents
        ~содержимое
        =the HTML of part %1
        ~HTML части %1
        =the HTML of %1 parts
        ~HTML частей, числом %1
        =texts in %1
        ~тексты в %1
        =names that are not ASCII
        ~имена не из ASCII
        =the charset of part %1
        ~кодировка части %1
        =the charset of %1 parts
        ~кодировки частей, числом %1
        =the archives of part %1
        ~архивы части %1
        =the archives of %1 parts
        ~архивы частей, числом %1
        =the compressed streams of part %1
        ~сжатые потоки части %1
        =the compressed streams of %1 parts
        ~сжатые потоки частей, числом %1
        =the codes of part %1
        ~коды части %1
        =the codes of %1 parts
        ~коды частей, числом %1
        =%1 could not be loaded
        ~%1: библиотека не загрузилась
        =only whole PNG and JPEG pictures are searched
        ~просматриваются только целые картинки PNG и JPEG
        =anything that depends on every byte
        ~всё, что зависит от каждого байта
        =pasting changes bytes
        ~вставка меняет байты
        =offline: no question was asked
        ~без сети: вопросов не задавали
        =listed
        ~в списке
        =welcomed
        ~в белом списке
        =refused
        ~отказано
        =not listed
        ~не в списке
        =sender's name
        ~имя отправителя
        =subject
        ~тема
        =the author
        ~автор
        =reject
        ~отвергнуть
        =quarantine
        ~отложить
        =before
        ~до
        =after
        ~после
        =hidden
        ~скрыт
        =encrypted
        ~зашифрован
        =has a program in it
        ~содержит программу
        =does something by itself
        ~что-то делает сам
        =puts a file together
        ~собирает файл
        =DNS says
        ~DNS говорит
        =answers go here
        ~ответы идут сюда
        =replies go here
        ~ответы идут сюда
        =bounces go here
        ~возвраты идут сюда
        =says it is from here
        ~якобы отсюда
        =the id was made here
        ~идентификатор создан здесь
        =made here
        ~создан здесь
        =looks like %1
        ~похож на %1
        =leads to %1
        ~ведёт на %1
        =does not exist
        ~не существует
        =has no name
        ~без имени
        =claimed by anyone
        ~заявить мог кто угодно
        =this is earlier
        ~это раньше
        =than this, one hop before
        ~чем это, участком раньше
        =came from here
        ~пришло отсюда
        =was last here
        ~последний раз было здесь
        =called itself this
        ~назвался так
        =no host name
        ~имени узла нет
        =the real domain
        ~настоящий домен
        =shown as the name
        ~показано как имя
        =the sender
        ~отправитель
        =the recipient
        ~получатель
        =asks for a password
        ~просит пароль
        =anybody's page
        ~страница кого угодно
        =imitates another name
        ~подражает другому имени
        =not signed
        ~не подписано
        =not known
        ~неизвестно
        =no such name
        ~нет такого имени
        =read differently
        ~читается по-разному
        =read in two ways
        ~читается двояко
        =written
        ~написано
        =by this clock
        ~по этим часам
        =sent from here
        ~отправлено отсюда
        =signing domain
        ~подписавший домен
        =the receiver's word
        ~слово получателя
        =the filter's verdict
        ~вердикт фильтра
        =the envelope's domain
        ~домен конверта
        =opens as a program
        ~откроется как программа
        =holds a program
        ~содержит программу
        =no Message-ID field
        ~нет поля Message-ID
        =no %1 field
        ~нет поля %1
        =letters that look alike
        ~похожие буквы
        =has hidden characters
        ~есть скрытые символы
        =an answer to nothing
        ~ответ ни на что
        =in the future
        ~в будущем
        =longer than 998 bytes
        ~длиннее 998 байтов
        =loaded, and not seen
        ~загрузится невидимо
        =not among its hosts
        ~не среди его узлов
        =where the name leads
        ~куда ведёт имя
        =another message may begin here
        ~здесь может начинаться другое письмо
        =handed in here
        ~сдано здесь
        =claims to be before
        ~якобы раньше
        =arrived
        ~прибыло
        =left
        ~ушло
        =was here
        ~было здесь
        =delivered again
        ~доставлено снова
        =a code in here
        ~здесь код
        =script
        ~скрипт
        =form
        ~форма
        """#
}
