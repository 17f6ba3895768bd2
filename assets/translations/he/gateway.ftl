## Why the gateway lets nobody in

gateway-device-removed = המכשיר הזה הוסר מהשער, או שהאסימון שלו בוטל.
gateway-device-removed-next = כתבו את האסימון של השער עצמו ב-gateway.auth.token שבקובץ openclaw.json, כדי שהמכשיר יצומד מחדש. לאחר מכן לחצו על ״נסו שוב״.
gateway-too-old = השער הזה ישן מדי עבור MultiClaw: הוא פועל בגרסה { $version } של הפרוטוקול שלו.
gateway-too-new = השער הזה חדש מדי עבור MultiClaw: הוא דורש את גרסה { $version } של הפרוטוקול שלו.
gateway-update-openclaw-and-restart = עדכנו את OpenClaw (הפקודה openclaw update) והפעילו מחדש את השער.
gateway-update-multiclaw = עדכנו את MultiClaw.
gateway-asked-too-often = השער קיבל יותר מדי פניות עם פרטי הזדהות שגויים, ולכן הוא אינו עונה לאיש לזמן מה.
gateway-asked-too-often-wait =
    { $minutes ->
        [one] המתינו דקה ולחצו על ״נסו שוב״.
        [two] המתינו שתי דקות ולחצו על ״נסו שוב״.
       *[other] המתינו { $minutes } דקות ולחצו על ״נסו שוב״.
    }
gateway-asked-too-often-next = המתינו כמה דקות ולחצו על ״נסו שוב״.
gateway-not-let-in = השער אינו מאפשר ל-MultiClaw להתחבר.
gateway-not-let-in-because = השער אינו מאפשר ל-MultiClaw להתחבר: { $why }
gateway-look-at-log = עיינו ביומן של השער.
gateway-look-at-log-then-connect = עיינו ביומן של השער ולאחר מכן לחצו על ״נסו שוב״.
gateway-foreign-user = תוכנית של משתמש אחר במחשב הזה (מספר { $user }) מאזינה ביציאה של השער. לא נמסר לה דבר.
gateway-foreign-user-next = דאגו שהיא תיעצר, או הקצו לשער יציאה אחרת (gateway.port בקובץ openclaw.json). השער חייב לפעול תחת אותו משתמש כמו MultiClaw. לאחר מכן לחצו על ״נסו שוב״.
gateway-unknown-user = המערכת אינה מציינת של מי התוכנית שמאזינה ביציאה של השער, ולכן לא נמסר לה דבר.
gateway-unknown-user-next = אפשרו ל-MultiClaw לקרוא את /proc/net/tcp. לאחר מכן לחצו על ״נסו שוב״.
gateway-set-token = הגדירו את gateway.auth.token בקובץ openclaw.json והפעילו מחדש את השער.
gateway-set-password = הגדירו את gateway.auth.password בקובץ openclaw.json והפעילו מחדש את השער.
gateway-check-password = השער דורש סיסמה: בדקו את gateway.auth.password בקובץ openclaw.json ולאחר מכן לחצו על ״נסו שוב״.
gateway-check-auth = בדקו את gateway.auth בקובץ openclaw.json ולאחר מכן לחצו על ״נסו שוב״.

## Its token and its password

gateway-token-missing = השער דורש את האסימון שלו, ולא נמצא אסימון.
gateway-token-missing-out-of-reach = השער דורש את האסימון שלו. האסימון שמור במקום שרק openclaw יכול לקרוא ({ $place }).
gateway-token-in-a-file = קובץ
gateway-token-in-a-program = תוכנית
gateway-token-in-secret-store = מאגר הסודות שלו
gateway-token-missing-variable = השער דורש את האסימון שלו. האסימון נלקח מהמשתנה { $variable }, שאינו מוגדר כאן.
gateway-token-missing-unusable = השער דורש את האסימון שלו. האסימון שבקובץ openclaw.json אינו ניתן לשימוש.
gateway-token-missing-next = כתבו את האסימון של השער ב-gateway.auth.token שבקובץ openclaw.json, או במשתנה OPENCLAW_GATEWAY_TOKEN והפעילו מחדש את MultiClaw. לאחר מכן לחצו על ״נסו שוב״.
gateway-token-wrong = השער אינו מקבל את אסימון השער שהוגדר (gateway.auth.token בקובץ openclaw.json, או OPENCLAW_GATEWAY_TOKEN).
gateway-token-wrong-in-file = השער אינו מקבל את אסימון השער שהוגדר (gateway.auth.token בקובץ openclaw.json).
gateway-token-wrong-in-variable = השער אינו מקבל את אסימון השער שהוגדר (המשתנה OPENCLAW_GATEWAY_TOKEN).
gateway-token-wrong-next = ייתכן שהשער פועל עם הגדרות ישנות: הפעילו אותו מחדש. לחלופין, תקנו את האסימון: אסימון של מכשיר או קוד הגדרה אינם מתאימים. לאחר מכן לחצו על ״נסו שוב״.
gateway-password-wrong = השער אינו מקבל את סיסמת השער שהוגדרה (gateway.auth.password בקובץ openclaw.json, או OPENCLAW_GATEWAY_PASSWORD).
gateway-password-wrong-in-file = השער אינו מקבל את סיסמת השער שהוגדרה (gateway.auth.password בקובץ openclaw.json).
gateway-password-wrong-in-variable = השער אינו מקבל את סיסמת השער שהוגדרה (המשתנה OPENCLAW_GATEWAY_PASSWORD).
gateway-password-wrong-next = ייתכן שהשער פועל עם הגדרות ישנות: הפעילו אותו מחדש. לחלופין, תקנו את הסיסמה: אסימון של מכשיר או קוד הגדרה אינם מתאימים. לאחר מכן לחצו על ״נסו שוב״.

## This device at the gateway

gateway-pairing-needed = המכשיר הזה אינו מצומד לשער.
gateway-pairing-rights = המכשיר הזה מצומד, אבל לא לכל מה ש-MultiClaw עושה.
gateway-pairing-role = המכשיר הזה מצומד, אבל לא כמכשיר של מפעיל.
gateway-pairing-changed = המכשיר הזה השתנה מאז שצומד.
gateway-pairing-next = במחשב של השער, הריצו: { $command }. לאחר מכן לחצו על ״נסו שוב״.
gateway-signature-expired = השער אינו מקבל את החתימה של המכשיר הזה: היא ישנה מדי.
gateway-signature-expired-next = בדקו את התאריך והשעה במחשב הזה. לאחר מכן לחצו על ״נסו שוב״.
gateway-device-token-wrong = השער אינו מקבל את אסימון המכשיר שהוא עצמו נתן למכשיר הזה.
gateway-device-token-wrong-next = המכשיר הוסר או שהאסימון שלו הוחלף. כתבו את האסימון של השער עצמו ב-gateway.auth.token שבקובץ openclaw.json. לאחר מכן לחצו על ״נסו שוב״.
gateway-device-rights = האסימון של המכשיר הזה מקנה פחות הרשאות ממה ש-MultiClaw מבקש.
gateway-device-rights-next = הסירו את המכשיר (openclaw devices list) וצמדו אותו שוב. לאחר מכן לחצו על ״נסו שוב״.
gateway-device-key-unseen = השער לא ראה את המפתח של המכשיר הזה.
gateway-device-key-unseen-next = עדכנו את MultiClaw. אם זה לא עוזר, עיינו ביומן של השער.
gateway-device-key-refused = השער אינו מקבל את המפתח של המכשיר הזה ({ $code }).
gateway-device-key-refused-next = הסירו את המכשיר הזה בשער (openclaw devices list), כדי שיצומד מחדש. לאחר מכן לחצו על ״נסו שוב״.
gateway-device-file-damaged = הקובץ שבו המפתח של המכשיר הזה עבור השער ניזוק.
gateway-device-file-damaged-next = הוא נשמר בשם gateway-device.json.damaged, ונוצר מפתח חדש: השער רואה מכשיר חדש. הסירו את המכשיר הישן בדף של השער.

## The connection to the gateway

gateway-closed-too-long = השער סגר את החיבור: מה שנשלח אליו היה ארוך מדי בשבילו.
gateway-closed = השער סגר את החיבור (קוד { $code }).
gateway-closed-because = השער סגר את החיבור (קוד { $code }): { $why }
gateway-tried-again = יתבצע ניסיון נוסף.
gateway-is-starting = השער מופעל כעת.
gateway-some-seconds = זה אורך כמה שניות.
gateway-silent = השער השתתק.
gateway-silent-next = ייתכן שהוא עסוק, או שהמחשב היה במצב שינה. יתבצע ניסיון נוסף.
gateway-port-not-a-gateway = מה שעונה ביציאה של השער אינו שער של OpenClaw: { $why }
gateway-port-of-another-program = ייתכן שתוכנית אחרת משתמשת ביציאה. עצרו אותה, או הקצו לשער יציאה אחרת (gateway.port בקובץ openclaw.json).
gateway-refused = השער סירב: { $why }
gateway-connection-failed = החיבור לשער נכשל.
gateway-connection-broke = החיבור לשער נותק.
gateway-port-nothing = אין מענה ביציאה של השער.
gateway-port-nothing-next = הפעילו את השער, או עיינו ביומן שלו אם הוא אמור לפעול.
gateway-does-not-answer = השער קיבל את החיבור, אבל אינו עונה.
gateway-does-not-answer-next = ייתכן שהוא עסוק. יתבצע ניסיון נוסף; אם זה נמשך, הפעילו אותו מחדש.
gateway-not-ready = השער עדיין לא מוכן.
gateway-taken-for-proxy = השער מפרש את החיבור הזה כחיבור של שרת proxy ומסרב לו (מצב 403).
gateway-taken-for-proxy-next = בדקו את gateway.trustedProxies בקובץ openclaw.json.
gateway-no-live-connection = מה שעונה ביציאה של השער אינו פותח חיבור חי (מצב { $status }).
gateway-sent-too-much = השער שלח יותר ממה שמותר לו.
gateway-only-this-computer = התוכנה MultiClaw מתחברת רק לשער שבמחשב הזה.
gateway-check-port = בדקו את היציאה של השער בקובץ openclaw.json.

## A request to the gateway

gateway-not-connected = השער אינו מחובר.
gateway-not-connected-next = נסו שוב כשהוא יהיה מחובר.
gateway-no-answer-in-time = השער לא ענה בזמן.
gateway-no-answer-in-time-next = ייתכן שהוא עסוק. נסו שוב בעוד רגע.
gateway-unknown-method = השער הזה אינו יודע לעשות זאת ({ $method }).
gateway-forbidden = המכשיר הזה אינו רשאי לעשות זאת.
gateway-forbidden-right = המכשיר הזה אינו רשאי לעשות זאת: חסרה לו ההרשאה { $scope }.
gateway-approve-rights = אשרו את ההרשאות שלו בשער: openclaw devices list.
gateway-answer-unreadable = לא ניתן היה לקרוא את תשובת השער ({ $method }).
gateway-answer-unreadable-next = עדכנו את MultiClaw: ייתכן שהשער חדש יותר.
gateway-message-too-long = זה ארוך מדי עבור השער: { $size } מתוך { $most } לכל היותר.
gateway-message-too-long-next = קצרו, או שלחו פחות בבת אחת.
gateway-bytes =
    { $count ->
        [one] בייט אחד
       *[other] { $count } בייטים
    }
gateway-not-done = השער לא ביצע זאת.
gateway-try-again-sentence = נסו שוב.
gateway-log-offline = היומן מוצג כפי שהיה: השער אינו מחובר.
gateway-log-offline-next = הוא ימשיך כשהשער יחזור.

## Its configuration on this computer

gateway-not-loopback = השער שהוגדר אינו במחשב הזה ({ $source }).
gateway-not-loopback-next = התוכנה MultiClaw מתקשרת רק עם שער שבמחשב הזה: היא אינה שולחת את האסימון של השער לשום מקום אחר. הגדירו את השער כאן (openclaw setup) ולאחר מכן לחצו על ״נסו שוב״.
gateway-tls = השער מוגדר עם TLS, שהתוכנה הזאת אינה משתמשת בו בתוך המחשב.
gateway-tls-next = כבו את gateway.tls בקובץ openclaw.json: דבר אינו יוצא מהמחשב הזה. לאחר מכן הפעילו מחדש את השער ולחצו על ״נסו שוב״.
gateway-no-home = תיקיית הבית של המשתמש הזה אינה ידועה.
gateway-path-not-absolute = הערך של { $variable } אינו נתיב מלא.
gateway-correct-variable = תקנו את המשתנה והפעילו מחדש את MultiClaw.
gateway-port-invalid = הערך של gateway.port בקובץ openclaw.json אינו מספר יציאה.
gateway-port-invalid-next = הגדירו מספר בין 1 ל-65535, למשל 18789. לאחר מכן לחצו על ״נסו שוב״.
gateway-correct-file = תקנו את הקובץ (הפקודה openclaw doctor עוזרת). לאחר מכן לחצו על ״נסו שוב״.
gateway-config-not-a-file = הפריט openclaw.json אינו קובץ רגיל.
gateway-config-too-long = הקובץ openclaw.json, או קובץ שהוא כולל, ארוך מדי.
gateway-config-unreadable = לא ניתן לקרוא את openclaw.json: { $why }.
gateway-config-broken = הקובץ openclaw.json פגום.
gateway-config-broken-in-line = הקובץ openclaw.json פגום בשורה { $line }.
gateway-config-too-deep = הקינון בקובץ openclaw.json עמוק מדי.
gateway-config-shape = הקובץ openclaw.json אינו בנוי כקובץ הגדרות של OpenClaw.
gateway-config-include = לא ניתן לקרוא קובץ ש-openclaw.json כולל.
gateway-config-include-outside = הקובץ openclaw.json כולל קובץ שנמצא מחוץ לתיקייה שלו.

## Its program on this computer

gateway-openclaw-too-old = הגרסה { $version } של OpenClaw ישנה מדי עבור MultiClaw, שזקוק ל-{ $oldest }.
gateway-openclaw-too-old-next = עדכנו אותו: openclaw update.
gateway-openclaw-untried = הגרסה { $version } של OpenClaw חדשה יותר מ-MultiClaw הזה, שמכיר את { $tried }.
gateway-openclaw-untried-next = אם משהו אינו פועל, עדכנו את MultiClaw.
gateway-program-not-run = לא ניתן היה להריץ את התוכנית openclaw: { $why }.
gateway-program-not-run-next = ודאו שהיא פועלת במסוף: openclaw --version.
gateway-program-too-slow =
    { $seconds ->
        [one] התוכנית openclaw לא סיימה בתוך שנייה אחת.
       *[other] התוכנית openclaw לא סיימה בתוך { $seconds } שניות.
    }
gateway-program-too-slow-saying =
    { $seconds ->
        [one] התוכנית openclaw לא סיימה בתוך שנייה אחת: { $said }
       *[other] התוכנית openclaw לא סיימה בתוך { $seconds } שניות: { $said }
    }
gateway-program-too-slow-next = עיינו ביומן של השער, או נסו במסוף: openclaw gateway status.
gateway-program-configuration = השער אינו יכול לפעול עם ההגדרות האלה.
gateway-program-configuration-saying = השער אינו יכול לפעול עם ההגדרות האלה: { $said }
gateway-program-configuration-next = הגדירו אותו במסוף: openclaw setup. ואולי היציאה שלו שייכת לתוכנית אחרת: openclaw doctor.
gateway-program-failed = התוכנית openclaw נכשלה.
gateway-program-failed-saying = התוכנית openclaw נכשלה: { $said }
gateway-try-in-terminal = נסו במסוף: openclaw gateway status.
gateway-program-unreadable = מה שהתוכנית openclaw החזירה אינו מובן כאן.
gateway-program-unreadable-saying = מה שהתוכנית openclaw החזירה אינו מובן כאן: { $said }
gateway-program-unreadable-next = עדכנו את OpenClaw (הפקודה openclaw update), או את MultiClaw.
gateway-finishing-turn = השער עדיין מסיים תור.
gateway-finishing-turn-next = הוא ייעצר מעצמו בתוך חמש דקות.
gateway-process-not-a-gateway = התהליך { $pid } מחזיק בתיקייה של השער ואינו שער שלכם.
gateway-process-not-a-gateway-next = לא נגענו בו. בדקו אותו, וסיימו אותו בעצמכם אם הוא מיותר.
gateway-output-file = לא ניתן היה ליצור את הקובץ לפלט של השער: { $why }.
gateway-output-file-next = ודאו שיש מקום בדיסק ושהתיקייה ~/.multiclaw שייכת לכם.
gateway-stop-unsupported = במערכת הזאת ניתן לעצור את השער רק במקום שבו הופעל.
gateway-stop-unsupported-next = הקישו Ctrl+C במסוף שלו, או עצרו את השירות שלו.
gateway-no-program = התוכנית openclaw אינה ב-PATH, ולכן לא ניתן להפעיל או לעצור את השער מכאן.
gateway-no-program-next = התקינו את OpenClaw, או הפעילו את MultiClaw במקום שבו openclaw פועל. לאחר מכן לחצו על ״נסו שוב״.
gateway-looking-still = החיפוש אחר השער עדיין נמשך.
gateway-looking-still-next = נסו שוב בעוד רגע.
gateway-stop-too-long = השער קיבל הוראה להיעצר, ועדיין פועל.
gateway-restart-too-long = השער קיבל הוראה לפעול מחדש, ולא חזר בזמן.
gateway-start-too-long = השער הופעל, ואינו עונה בזמן.
gateway-too-long-next = עיינו ביומן שלו. ייתכן שתור שעדיין רץ מעכב אותו.

## Its folder on this computer

gateway-folder-open = אחרים במחשב הזה יכולים לעיין בתיקייה של השער ({ $mode }).
gateway-folder-open-next = יש בה אסימונים ושיחות. התיקון מאפשר רק לכם לקרוא אותה (drwx------).
gateway-folder-link = לא ניתן להשתמש בתיקייה של השער: היא קישור לתיקייה אחרת.
gateway-folder-link-next = הפכו בעצמכם לפרטית את התיקייה שאליה היא מובילה: chmod 700.
gateway-folder-foreign = לא ניתן להשתמש בתיקייה של השער: היא שייכת למשתמש אחר.
gateway-folder-foreign-next = העבירו אותה לבעלות המשתמש שלכם: chown.
gateway-folder-is-none = לא ניתן להשתמש בתיקייה של השער: זו אינה תיקייה.
gateway-folder-is-none-next = העבירו למקום אחר את הקובץ בשם הזה.
gateway-folder-unchanged = לא ניתן להשתמש בתיקייה של השער: ההרשאות שלה לא השתנו.
gateway-folder-unchanged-next = ייתכן שמערכת הקבצים שלה אינה שומרת הרשאות: העבירו אותה למערכת קבצים ששומרת.
gateway-folder-system = לא ניתן להשתמש בתיקייה של השער: המערכת סירבה: { $why }.
gateway-folder-unusable = לא ניתן להשתמש בתיקייה של השער: { $why }.
gateway-folder-check = בדקו את הבעלות וההרשאות של התיקייה.

## The page of the gateway

gateway-title = שער
gateway-subtitle = התוכנה OpenClaw במחשב הזה
gateway-tab-overview = סקירה
gateway-tab-devices = מכשירים
gateway-tab-log = יומן
gateway-copy = העתקה
gateway-cancel = ביטול
gateway-restart = הפעלה מחדש
gateway-stop = עצירה
gateway-start = הפעלת השער
gateway-try-again = נסו שוב
gateway-being-started = השער מופעל כעת.
gateway-being-stopped = השער נעצר כעת.
gateway-being-restarted = השער מופעל מחדש כעת.
gateway-program-looking = מתבצע חיפוש של התוכנית openclaw.
gateway-program-missing = התוכנית openclaw אינה ב-PATH של המחשב הזה.
gateway-stop-question = לעצור את השער?
gateway-stop-text = תורות שרצים יסתיימו, משימות מתוזמנות לא ירוצו, והערוצים שלו ישתתקו עד שיופעל שוב.

## How the gateway is

gateway-brief-starting = השער מופעל
gateway-brief-stopping = השער נעצר
gateway-brief-running = השער פועל
gateway-brief-connecting = מתחבר לשער
gateway-brief-restarting = השער מופעל מחדש
gateway-brief-not-reached = השער אינו זמין
gateway-brief-refuses = השער מסרב
gateway-brief-stopped = השער כבוי
gateway-takes-a-moment = זה אורך רגע.
gateway-state-looking = מחפש את OpenClaw…
gateway-state-not-installed = התוכנה OpenClaw אינה מותקנת במחשב הזה
gateway-state-not-installed-text = בעזרתה סוכנים רצים במחשב הזה, וכאן משוחחים איתם. לאחר ההתקנה, MultiClaw ימצא אותה מעצמו.
gateway-state-starting = מופעל…
gateway-state-stopping = נעצר…
gateway-state-stopped = השער אינו פועל
gateway-state-stopped-text = הפעילו אותו כדי לשוחח עם הסוכנים שבמחשב הזה.
gateway-state-connecting = מתחבר…
gateway-state-running = פועל
gateway-state-running-text = החיבור של MultiClaw פעיל. הגישה לשער אפשרית מהמחשב הזה בלבד.
gateway-state-restarting = מופעל מחדש…
gateway-state-restarting-text =
    { $seconds ->
        [one] זה שנייה אחת. החיבור יחזור מעצמו.
        [two] זה שתי שניות. החיבור יחזור מעצמו.
       *[other] זה { $seconds } שניות. החיבור יחזור מעצמו.
    }
gateway-state-waiting-text =
    { $seconds ->
        [one] ניסיון נוסף בעוד שנייה.
        [two] ניסיון נוסף בעוד שתי שניות.
       *[other] ניסיון נוסף בעוד { $seconds } שניות.
    }
gateway-state-waiting-next =
    { $seconds ->
        [one] ניסיון נוסף בעוד שנייה. { $next }
        [two] ניסיון נוסף בעוד שתי שניות. { $next }
       *[other] ניסיון נוסף בעוד { $seconds } שניות. { $next }
    }

## What solves it

gateway-how-to-install = איך מתקינים את OpenClaw
gateway-how-to-update = איך מעדכנים את OpenClaw
gateway-copy-command = העתקת הפקודה
gateway-make-private = הפיכה לפרטית
gateway-make-private-modes = כעת { $mode }, ולאחר מכן drwx------.

## Facts

gateway-fact-version = גרסה
gateway-fact-version-and-newer = { $version } (הגרסה { $newer } זמינה)
gateway-fact-version-unknown = הגרסה אינה ידועה
gateway-fact-uptime = פועל כבר
gateway-fact-uptime-since = { $uptime }, מאז { $since }
gateway-fact-address = כתובת
gateway-fact-address-port = הכתובת 127.0.0.1, יציאה { $port }
gateway-fact-process = תהליך
gateway-fact-process-memory = { $pid }, זיכרון: { $memory }
gateway-fact-folder = תיקייה
gateway-fact-program = תוכנית
gateway-fact-program-missing = התוכנית openclaw אינה ב-PATH
gateway-fact-rights = הרשאות
gateway-fact-rights-talk-only = התוכנה MultiClaw רשאית לשוחח עם סוכנים, ואינה רשאית לשנות את הגדרות השער

## Channels

gateway-channels = ערוצים
gateway-channels-loading = בטעינה…
gateway-channels-none = לא הוגדר ערוץ הודעות. בעזרת ערוץ ניתן לכתוב לסוכנים מתוך תוכנת מסרים. להגדרת ערוץ: ״openclaw channels add״.

## Devices

gateway-devices-offline = אין מכשירים להצגה
gateway-devices-offline-text = הם מוצגים כשהשער מחובר.
gateway-devices-loading = המכשירים בטעינה…
gateway-devices-paired = מכשירים מצומדים
gateway-devices-none = אין מכשיר שמצומד לשער הזה.
gateway-no-right-to-manage = ל-MultiClaw אין הרשאה לנהל את השער הזה.
gateway-request-title = בקשת צימוד מאת { $name }
gateway-request-facts = { $when }. מכשיר { $device }.
gateway-request-facts-from = { $when } מאת { $from }. מכשיר { $device }.
gateway-request-wants = ההרשאות המבוקשות: { $rights }.
gateway-no-rights = ללא הרשאות
gateway-approve = אישור
gateway-approve-device = אישור { $name }
gateway-refuse = דחייה
gateway-refuse-device = דחיית { $name }
gateway-approve-hint = אשרו רק מכשיר שהגדרתם בעצמכם ברגע זה.
gateway-device-row = { $name }, לא מחובר
gateway-device-row-connected = { $name }, מחובר
gateway-device-connected = מחובר
gateway-device-approved = אושר { $when }
gateway-device-seen = נראה לאחרונה { $when }
gateway-device-rights-are = הרשאות: { $rights }
gateway-this-app = היישום הזה
gateway-device-remove = הסרה
gateway-device-remove-name = הסרת { $name }
gateway-device-remove-question = להסיר את { $name }?
gateway-device-remove-text = ההרשאות שלו יישללו מייד. כדי לחזור, הוא יצטרך אישור נוסף.
gateway-device-remove-own-text = זהו MultiClaw שבמחשב הזה. ההרשאות שלו יישללו, והוא יבקש אותן שוב בחיבור הבא.

## The log

gateway-log-loading = היומן בטעינה…
gateway-log-empty = היומן ריק
gateway-log-empty-text = שורות יופיעו כאן כשהשער יכתוב אותן.
gateway-log-nothing = לא נמצא דבר
gateway-log-nothing-text = אין שורה מתאימה. שנו את הסינון.
gateway-log-filter = סינון היומן
gateway-log-which = אילו שורות מוצגות
gateway-log-everything = הכול
gateway-log-info = מידע ומעלה
gateway-log-warnings = אזהרות ושגיאות
gateway-log-errors = שגיאות
gateway-log-lines =
    { $count ->
        [one] שורה אחת
        [two] שתי שורות
       *[other] { $count } שורות
    }
gateway-log-lines-and-older =
    { $count ->
        [one] שורה אחת; ישנות יותר בקובץ: { $older }
        [two] שתי שורות; ישנות יותר בקובץ: { $older }
       *[other] { $count } שורות; ישנות יותר בקובץ: { $older }
    }
gateway-log-copy = העתקת השורות המוצגות
gateway-log-copy-line = לחצו כדי להעתיק את השורה הזאת.
gateway-level-debug = ניפוי
gateway-level-info = מידע
gateway-level-warning = אזהרה
gateway-level-error = שגיאה
