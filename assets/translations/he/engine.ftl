## What the gateway answers
engine-gateway-not-open = השער אינו מחובר.
engine-gateway-not-open-next = נסו שוב כשהוא יחזור.
engine-gateway-timeout = השער לא ענה בזמן.
engine-gateway-timeout-next = ייתכן שהוא עסוק. נסו שוב.
engine-gateway-unsupported = השער הזה אינו יכול לעשות זאת.
engine-gateway-unsupported-next = עדכנו את OpenClaw במחשב הזה.
engine-gateway-forbidden = השער אינו מאפשר זאת למכשיר הזה: חסרה לו ההרשאה { $scope }.
engine-gateway-forbidden-next = צמדו שוב את המכשיר הזה בדף של השער.
engine-gateway-too-large = זה יותר ממה שהשער מקבל בבת אחת.
engine-gateway-too-large-next = שלחו פחות, או קבצים קטנים יותר.
engine-gateway-refused = השער סירב: { $message }
engine-gateway-unreadable = לא ניתן היה לקרוא את תשובת השער.
engine-gateway-unreadable-next = נסו שוב. אם זה נמשך, עדכנו את MultiClaw ואת OpenClaw.

## Messages to an agent
engine-message-kept-next = ההודעה שלכם עדיין כאן: שלחו אותה שוב.
engine-message-too-long = ההודעה ארוכה מ-{ $size } ק״ב.
engine-message-too-long-next = קצרו אותה, או צרפו אותה כקובץ.
engine-attachment-too-large = { $name } גדול מ-{ $size } מ״ב, הגודל המרבי שהשער מקבל.
engine-attachment-too-large-next = הסירו אותו, או צרפו קובץ קטן יותר.
engine-too-many-wait = יותר מדי הודעות ממתינות לשליחה.
engine-too-many-wait-next = המתינו עד שהשער יחזור.

## Conversations with an agent
engine-command-waits = פקודה ממתינה לאישור שלכם: { $command }
engine-command-gone = הפקודה הזאת כבר אינה ממתינה.
engine-command-gone-next = היא נענתה במקום אחר, או שהזמן שלה עבר.
engine-model-unusable = השער אינו יכול להשתמש כעת במודל { $model }.
engine-model-unusable-next = בחרו מודל אחר, או הגדירו אותו בשער.
engine-emptying = מתבצע ריקון…
engine-compacting = מתבצע סיכום…
engine-nothing-to-summarise = אין מה לסכם.
engine-main-not-deleted = אי אפשר למחוק את השיחה הראשית של סוכן.
engine-main-not-deleted-next = אפשר לרוקן אותה.
engine-provider-said = { $problem } הספק הודיע: { $words }
engine-message-not-whole = לשער כבר אין את התוכן המלא.
engine-message-not-whole-next = מה שמוצג הוא כל מה שנותר ממנו.
engine-turn-ended = התור הסתיים.
engine-gateway-works = השער עובד על זה…

## What an agent does
engine-doing-waiting = ממתין לאישור שלכם
engine-doing-command = מריץ פקודה
engine-doing-reading-files = קורא קבצים
engine-doing-writing-files = כותב קבצים
engine-doing-searching = מחפש באינטרנט
engine-doing-page = קורא דף
engine-doing-tool = משתמש ב-{ $tool }
engine-doing-result = קורא את התוצאה
engine-doing-thinking = חושב
engine-doing-writing = כותב
engine-doing-workspace = מכין את סביבת העבודה
engine-doing-context = מכין את ההקשר
engine-doing-model = מפעיל את המודל
engine-doing-worktree = מכין עץ עבודה
engine-doing-setup = מריץ את ההתקנה
engine-doing-environment = מכין את הסביבה
engine-doing-working = עובד

## Conversations and their names
engine-new-conversation = שיחה חדשה
engine-gateway-restarts = השער מופעל מחדש
engine-waiting-for-gateway = ממתין לשער
engine-main-conversation = שיחה ראשית
engine-a-conversation = שיחה
engine-message-had-files = להודעה הזאת היו מצורפים קבצים.
engine-message-had-files-next = צרפו אותם שוב, ושלחו את ההודעה פעם נוספת.
engine-agent-still-works = הסוכן עדיין עובד.
engine-agent-still-works-next = עצרו אותו קודם, או המתינו.
engine-going-back = חוזרים אחורה…
engine-conversation-deleted = השיחה הזאת נמחקה בסביבת העבודה.
engine-conversation-deleted-next = העותק במחשב הזה נשאר.
engine-task-not-created-title = משימה שלא ניתן היה ליצור
engine-task-not-created = לא ניתן היה ליצור את המשימה "{ $title }".
engine-task-not-created-next = הטקסט שלה נשמר כשיחה.
engine-message-not-sent-title = הודעה שלא ניתן היה לשלוח
engine-not-taken = סביבת העבודה לא קיבלה את מה שכתבתם.
engine-not-taken-next = הוא נשאר במחשב הזה.
engine-message-over-128 = ההודעה ארוכה מ-128 KiB.
engine-message-over-128-next = שלחו אותה בחלקים.
engine-not-yours = מישהו אחר התחיל את השיחה הזאת: אתם יכולים רק לקרוא אותה.
engine-not-yours-next = התחילו שיחה משלכם.

## What a transcript says
engine-emptied = השיחה רוקנה.
engine-summarised = השיחה סוכמה.
engine-changed = השער שינה את השיחה.
engine-turn-failed = התור נכשל.
engine-turn-failed-next = נסו שוב, או בחרו מודל אחר.

## How long something took
engine-took-milliseconds = { $count } אלפיות שנייה
engine-took-seconds = { $seconds } שנ׳
engine-took-minutes = { $minutes } דק׳ { $seconds } שנ׳

## How a connection went
engine-not-allowed = לא מותר: { $why }
engine-connection-cancelled = בוטל
engine-connection-connecting = מתחבר
engine-connection-open = פתוח
engine-connection-ended = הסתיים
engine-connection-socket-opened = השקע נפתח
engine-connection-socket-closed = השקע נסגר
engine-connection-status = סטטוס { $status }
engine-traffic = התקבלו { $received }, נשלחו { $sent }
engine-through-proxy = הגישה לענן היא דרך שרת ה-proxy { $proxy }.
engine-no-proxy = הגישה לענן היא ללא שרת proxy.

## The check of everything
engine-save-check = שמירת הבדיקה
engine-group-network = רשת
engine-group-account = חשבון
engine-group-desktop = שולחנות עבודה בענן
engine-group-gateway = שער OpenClaw
engine-group-computer = המחשב הזה

## The gateway: channels, devices, log
engine-channel-connected = מחובר
engine-channel-connecting = מתחבר
engine-channel-running = פועל
engine-channel-not-set-up = לא הוגדר
engine-channel-off = כבוי
engine-channel-stopped = נעצר
engine-device-on = מכשיר עם { $platform }
engine-device = מכשיר
engine-client-on = { $client } ב-{ $platform }
engine-log-lines-left-out = כאן הושמטו שורות: היו יותר מדי בבת אחת.
engine-log-bytes-left-out =
    { $count ->
        [one] כאן הושמט בית אחד של היומן: יותר מדי בבת אחת.
        [two] כאן הושמטו שני בתים של היומן: יותר מדי בבת אחת.
       *[other] כאן הושמטו { $count } בתים של היומן: יותר מדי בבת אחת.
    }

## How long the gateway runs
engine-uptime-short = פחות מדקה
engine-uptime-minutes =
    { $count ->
        [one] דקה אחת
        [two] שתי דקות
       *[other] { $count } דקות
    }
engine-uptime-hours =
    { $count ->
        [one] שעה אחת
        [two] שעתיים
       *[other] { $count } שעות
    }
engine-uptime-days =
    { $count ->
        [one] יום אחד
        [two] יומיים
       *[other] { $count } ימים
    }

## Settings and the disk
engine-settings-unread = לא ניתן היה לקרוא חלק מההגדרות: { $faults }.
engine-settings-unread-next = ייעשה שימוש בערכי ברירת המחדל שלהן.
engine-between = {", "}
engine-settings-no-object = זה אינו אובייקט JSON
engine-settings-unknown = ל-"{ $name }" יש ערך שאינו מוכר
engine-disk-behind = לא ניתן היה לשמור את השינויים האחרונים: הדיסק אינו עומד בקצב.
engine-disk-behind-next = העתיקו את מה שכתבתם זה עתה לפני סגירת MultiClaw.

## A desktop
engine-no-threads = לא ניתן היה לפתוח את { $name }: המערכת אינה מקצה עוד תהליכונים.
engine-no-threads-next = סגרו תוכנות אחרות ונסו שוב.

## What an unattended screen waits for
engine-kiosk-again = המסך הזה ינסה שוב מעצמו.
engine-kiosk-signing-in = מתבצעת כניסה.
engine-kiosk-signed-out = המסך הזה אינו מחובר לחשבון.
engine-kiosk-enrol-next = מנהל מערכת צריך להריץ multiclaw enroll במחשב הזה.
engine-kiosk-no-cloud = אי אפשר להגיע לענן.
engine-kiosk-not-added = המסך הזה עדיין לא נוסף.
engine-kiosk-no-workspace-next = מנהל מערכת צריך להוסיף אותו לסביבת עבודה.
engine-kiosk-no-workspace = החשבון של המסך הזה אינו שייך לאף סביבת עבודה.
engine-kiosk-connecting = מתחבר ל-MultiClaw.
engine-kiosk-looking = מחפש את { $name }.
engine-kiosk-no-desktop-next = הוא יוצג כאן ברגע שלשולחן עבודה יהיה השם הזה.
engine-kiosk-no-desktop = אין שולחן עבודה בשם { $name }.
engine-kiosk-off-next = הוא יוצג כאן ברגע שיופעל.
engine-kiosk-off = { $name } כבוי.
engine-kiosk-starting = { $name } בהפעלה.
engine-kiosk-unstable = החיבור אל { $name } אינו יציב.
engine-kiosk-opening = מתחבר אל { $name }.

## Updates
engine-update-later-next = ייעשה ניסיון נוסף מאוחר יותר.
engine-update-choose = בחרו עדכון ואת החתימה שלו (‎.minisig)
engine-update-signs-versions = חותם על גרסאות חדשות
engine-update-signs-list = חותם על רשימת הגרסאות

## What keeps the program within its bounds
engine-safety-core-dumps = ללא פריקות זיכרון
engine-safety-core-dumps-text = כש-MultiClaw קורס, המערכת אינה כותבת לדיסק דבר מהזיכרון שלו.
engine-safety-helper = תהליך עזר משלו
engine-safety-helper-text = תהליך שני קטן מפעיל את openclaw ואת הדפדפן שלכם, מציג את תיבת הדו-שיח של הקבצים ופותח את מה שבחרתם. הוא אינו מקבל מ-MultiClaw שום דבר אחר.
engine-safety-files = קבצים
engine-safety-files-text = MultiClaw כותב רק בתיקיות שלו, וקורא רק בהן ובתיקיות של המערכת. המסמכים והמפתחות שלכם והנתונים של תוכנות אחרות אינם בהישג ידו.
engine-safety-programs = ללא תוכנות אחרות
engine-safety-programs-text = MultiClaw עצמו אינו יכול להפעיל שום תוכנה.
engine-safety-ports = ללא פורטים פתוחים
engine-safety-ports-text = MultiClaw אינו יכול להמתין לחיבורי TCP מבחוץ.
engine-safety-signals = ללא אותות לאחרים
engine-safety-signals-text = MultiClaw אינו יכול לסגור תוכנות אחרות שלכם או להפריע להן.
engine-safety-calls = ללא קריאות מערכת מיותרות
engine-safety-calls-text = MultiClaw אינו יכול להציץ לתוך תוכנות אחרות, לעגן מערכות קבצים, לטעון מודולים לליבה וכדומה.

## What connections are for
engine-purpose-api = MultiClaw Cloud (API)
engine-purpose-api-when = בעת הכניסה, וכל עוד אתם מחוברים לחשבון.
engine-purpose-api-sent = פרטי הכניסה שלכם, ומה שאתם מבקשים מהענן להציג או לשנות.
engine-purpose-api-blocked = אי אפשר להיכנס לחשבון, ואי אפשר להציג דבר מסביבת העבודה שלכם.
engine-purpose-realtime = MultiClaw Cloud (זמן אמת)
engine-purpose-realtime-when = כל עוד אתם מחוברים לחשבון.
engine-purpose-realtime-sent = אסימון קצר מועד, וההודעות שמקימות חיבור לשולחן עבודה בענן.
engine-purpose-realtime-blocked = המצב אינו מתעדכן מעצמו, ואי אפשר לפתוח שולחן עבודה בענן.
engine-purpose-desktop = שולחן עבודה בענן
engine-purpose-desktop-protocol = UDP, או TLS מעל TCP
engine-purpose-desktop-when = מרגע פתיחת שולחן עבודה בענן ועד שעוזבים אותו.
engine-purpose-desktop-sent = התמונה של שולחן העבודה, והמקלדת והמצביע שלכם, בהצפנה מקצה לקצה.
engine-purpose-desktop-blocked = ייתכן ששולחן עבודה בענן לא ייפתח כשהרשת חוסמת גם את הדרך הישירה אליו.
engine-purpose-updates = עדכונים
engine-purpose-updates-when = כשהתוכנה מופעלת, פעם ביום, וכשאתם בודקים אם יש עדכונים. לעולם לא בזמן שאתם בשולחן עבודה, ולעולם לא בגרסה ללא מפתחות.
engine-purpose-updates-sent = גרסת התוכנה, מערכת ההפעלה וסוג המעבד. ללא חשבון וללא נתוני שימוש.
engine-purpose-updates-blocked = התוכנה ממשיכה לפעול, ואתם מעדכנים אותה ידנית מאתר MultiClaw.
engine-purpose-progress = התקדמות חיה (Pusher)
engine-purpose-progress-when = בזמן שנוהל נוצר או שמיומנות עוברת הידור.
engine-purpose-progress-sent = שם ערוץ ההתקדמות. ללא תוכן של משימות.
engine-purpose-progress-blocked = לא מוצגת התקדמות חיה. העבודה עדיין מושלמת ברקע.
engine-purpose-titles = כותרות של קישורים
engine-purpose-titles-when = כשהודעת צ׳אט מכילה כתובת אינטרנט.
engine-purpose-titles-sent = כתובת האינטרנט הזאת.
engine-purpose-titles-blocked = כתובות אינטרנט בהודעות צ׳אט מוצגות ללא כותרת הדף.
engine-purpose-icons = סמלי אתרים
engine-purpose-icons-when = כשהודעת צ׳אט מציגה קריאה לכלי עם כתובת אינטרנט.
engine-purpose-icons-sent = הדומיין של כתובת האינטרנט הזאת.
engine-purpose-icons-blocked = קריאות לכלים בהודעות צ׳אט מוצגות ללא סמל האתר.
engine-purpose-gateway = שער OpenClaw (המחשב הזה)
engine-purpose-gateway-when = כל עוד התוכנה פועלת, כש-OpenClaw נמצא במחשב הזה.
engine-purpose-gateway-sent = ההודעות שלכם לסוכנים שלכם. הן אינן יוצאות מהמחשב הזה לעולם.
engine-purpose-gateway-blocked = אי אפשר לשוחח עם הסוכנים שבמחשב הזה.

## Dates and times
engine-day-and-time = { $day } { $month }, { $time }
engine-date = { $day } { $month } { $year }
engine-date-and-time = { $day } { $month } { $year }, { $time }
engine-short-january = בינו׳
engine-short-february = בפבר׳
engine-short-march = במרץ
engine-short-april = באפר׳
engine-short-may = במאי
engine-short-june = ביוני
engine-short-july = ביולי
engine-short-august = באוג׳
engine-short-september = בספט׳
engine-short-october = באוק׳
engine-short-november = בנוב׳
engine-short-december = בדצמ׳
engine-january = בינואר
engine-february = בפברואר
engine-march = במרץ
engine-april = באפריל
engine-may = במאי
engine-june = ביוני
engine-july = ביולי
engine-august = באוגוסט
engine-september = בספטמבר
engine-october = באוקטובר
engine-november = בנובמבר
engine-december = בדצמבר

## Links into the program
engine-link-too-long = הקישור ארוך מדי, ולכן לא נפתח.
engine-link-scheme = הקישור אינו מתחיל ב-multiclaw://, ולכן לא נפתח.
engine-link-place = הקישור אינו מוביל לאף חלק של MultiClaw, ולכן לא נפתח. עליו להוביל לשולחן עבודה, לצ׳אט, לשיחה או לדף בהגדרות.
engine-link-extra = הקישור מכיל יותר משם של מקום, ולכן לא נפתח.
