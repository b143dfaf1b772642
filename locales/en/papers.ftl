# Papers: poster, certificate, portfolio. Most of these words are printed in files.

paper-project = Career-guidance networking
paper-date = Date
paper-length = Length
paper-municipality = Municipality
paper-name-ask =
    <b>{ $paper ->
        [certificate] Certificate
       *[portfolio] Portfolio
    }: which name shall we print?</b>
    { $named ->
        [yes] Tap the name, or type another one, for example “Maria Ivanova”.
       *[no] Type it, for example “Maria Ivanova”.
    }

    The name goes into the file only; the bot does not keep it.

# Poster
manage-poster = Poster
poster-name = Poster
poster-when = When
poster-where = Where
poster-for = For
poster-online = Online, the link opens once you sign up
poster-by-correspondence = By correspondence: { $place }
poster-call = Point your phone’s camera here to sign up
poster-free = Free of charge
poster-for-chats =
    The poster for chats, ready to forward.
    Sign up: { $link }
poster-for-print = The same poster to print on A4.

# Certificate
certificate-get = Get a certificate
certificate-name = Certificate
certificate-title = Certificate of Participation
certificate-given = presented to
certificate-reason = for taking part in
certificate-ready = 🎓 Certificate: { $title }
refused-certificate = Certificates are for people who were checked in, once the meeting is over. If you were there but not marked, tell the meeting’s curator.

# Portfolio
portfolio-get = Make a portfolio
portfolio-name = Portfolio
portfolio-title = Portfolio
portfolio-meetings = Meetings
portfolio-in-all = Time in all
portfolio-meeting = Meeting
portfolio-length = Length
portfolio-page = Page
portfolio-made = Made on { $day }
portfolio-ready = 🎓 Your portfolio: all meetings you were checked in at.
refused-portfolio = A portfolio lists the meetings you were checked in at. There are none yet.
