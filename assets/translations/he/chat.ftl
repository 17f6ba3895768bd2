## The list

chat-chat = צ׳אט
chat-all-agents = כל הסוכנים
chat-agents-count =
    { $count ->
        [one] סוכן אחד
        [two] שני סוכנים
       *[other] { $count } סוכנים
    }
chat-agent-is = סוכן: { $agent }
chat-new = צ׳אט חדש
chat-new-tip = צ׳אט חדש (Ctrl+N)
chat-new-with = צ׳אט חדש עם…
chat-new-with-head = צ׳אט חדש עם
chat-new-with-tip = צ׳אט חדש עם סוכן לבחירתכם
chat-search = חיפוש שיחות
chat-search-clear = ניקוי החיפוש
chat-search-again = חיפוש נוסף
chat-search-none = אין שיחה שמופיע בה "{ $text }".
chat-searching = מתבצע חיפוש…
chat-nothing-found = לא נמצא דבר
chat-list-loading = השיחות נטענות…
chat-list-loading-earlier = שיחות קודמות נטענות…
chat-list-none = אין עדיין שיחות
chat-list-none-text = השיחות שתתחילו יופיעו כאן.
chat-row-more = פעולות נוספות בשיחה הזו
chat-row-pinned = מוצמדת
chat-row-unread = לא נקראה
chat-row-waiting = ממתינה לאישור שלכם
chat-row-running = פעילה
chat-row-approve = דרוש אישור
chat-row-empty = אין עדיין הודעות
chat-running = בפעולה

## No conversation is open

chat-none-title = התחילו את הצ׳אט הראשון
chat-none-text = הסוכנים שלכם פועלים במחשב הזה, ועונים כאן.
chat-not-open-title = אין צ׳אט פתוח
chat-not-open-text = בחרו אחד מהרשימה, או התחילו חדש.
chat-begin = התחלת צ׳אט

## What is done with a conversation

chat-pin = הצמדה לראש הרשימה
chat-unpin = ביטול ההצמדה
chat-rename = שינוי שם
chat-delete = מחיקה
chat-empty = ריקון
chat-cancel = ביטול
chat-close = סגירה
chat-copy = העתקה
chat-try-again = ניסיון נוסף
chat-menu-find = חיפוש…
chat-menu-rename = שינוי שם…
chat-menu-empty = ריקון…
chat-menu-delete = מחיקה…
chat-compact = דחיסה
chat-compact-means = סיכום
chat-export-markdown = ייצוא כ־Markdown…
chat-export-json = ייצוא כ־JSON…
chat-exporting = מתבצע ייצוא…
chat-export-so-far =
    { $count ->
        [one] רשומה אחת עד כה
        [two] שתי רשומות עד כה
       *[other] { $count } רשומות עד כה
    }
chat-exported = השיחה יוצאה אל { $file }
chat-delete-question = למחוק את השיחה הזו?
chat-delete-text = "{ $title }". השיחה תימחק בשער, עם כל מה שנאמר בה. אי אפשר לבטל זאת.
chat-empty-question = לרוקן את השיחה הזו?
chat-empty-text = "{ $title }". הסוכן ישכח את כל מה שנאמר בה. אי אפשר לבטל זאת.
chat-rename-title = שינוי שם השיחה
chat-title = כותרת
chat-title-is = כותרת: { $title }
chat-title-note = אם נשאר ריק: השער בוחר כותרת.

## The bar above a conversation

chat-back = חזרה לרשימה
chat-more = עוד
chat-more-actions = פעולות נוספות
chat-with = עם { $agent }
chat-model = מודל
chat-model-is = מודל: { $model }
chat-model-own = המודל של הסוכן
chat-model-default = מודל ברירת המחדל
chat-model-not-available = לא זמין
chat-thinking = חשיבה
chat-thinking-is = חשיבה: { $level }
chat-thinking-own = כפי שהמודל קובע
chat-level-default = ברירת מחדל
chat-level-off = כבויה
chat-level-minimal = מזערית
chat-level-low = נמוכה
chat-level-medium = בינונית
chat-level-high = גבוהה
chat-level-very-high = גבוהה מאוד
chat-level-max = מרבית
chat-level-adaptive = מסתגלת
chat-permissions = הרשאות
chat-permissions-are = הרשאות: { $permissions }
chat-may-default = הרשאות ברירת המחדל
chat-may-default-means = לפי הגדרות השער
chat-may-read = קריאה בלבד
chat-may-read-means = שום דבר לא משתנה במחשב הזה
chat-may-ask = לשאול קודם
chat-may-ask-means = תתבקשו לאשר כל פקודה לפני הרצתה
chat-may-checked = בבדיקת מודל
chat-may-checked-means = מודל בודק קודם כל פקודה
chat-may-all = גישה מלאה
chat-may-all-means = הכול מורץ בלי לשאול
chat-context-short = { $used } מתוך { $all }
chat-context = הקשר: נוצלו { $used } מתוך { $all } אסימונים

## Finding text

chat-find = חיפוש בשיחה הזו
chat-find-tip = חיפוש בשיחה הזו (Ctrl+F)
chat-find-place = { $at } מתוך { $count }
chat-find-looking = מתבצע חיפוש…
chat-find-previous = הקודם
chat-find-previous-tip = הקודם (Shift+Enter)
chat-find-next = הבא
chat-find-next-tip = הבא (Enter)
chat-find-close = סגירת החיפוש

## The conversation

chat-conversation = שיחה
chat-loading = ההודעות נטענות…
chat-first-title = כתבו אל { $agent }
chat-first-text = שאלו משהו, מסרו משימה או גררו לכאן קבצים. פקודות מתחילות בלוכסן.
chat-earlier-loading = הודעות קודמות נטענות…
chat-earlier-offline = הודעות קודמות ייטענו כשאפשר יהיה להגיע לשער.
chat-earlier-failed = אי אפשר היה לטעון הודעות קודמות.
chat-newest = מעבר לחדש ביותר
chat-new-below =
    { $count ->
        [one] אחת חדשה למטה
        [two] שתיים חדשות למטה
       *[other] { $count } חדשות למטה
    }
chat-today = היום
chat-you = אתם
chat-sending = בשליחה…
chat-steered = נשלח אל התור הפועל
chat-send-again = שליחה חוזרת
chat-show-all = הצגת הכול
chat-show-less = הצגת פחות
chat-copy-message = העתקת ההודעה
chat-copy-answer = העתקת התשובה
chat-change = שינוי ושליחה חוזרת
chat-ask-again = לשאול שוב
chat-retry = ניסיון חוזר
chat-turn-runs = יש תור פועל.
chat-doing-since = { $doing }  ·  מאז { $since }
chat-stopping = בעצירה…
chat-stopped = נעצר
chat-thinking-now = בחשיבה…
chat-thinking-now-show = בחשיבה…: הצגה
chat-thinking-now-hide = בחשיבה…: הסתרה
chat-thought = מחשבות
chat-thought-show = מחשבות: הצגה
chat-thought-hide = מחשבות: הסתרה

## Tool calls

chat-tool-waiting = בהמתנה לכם
chat-tool-done = הושלם
chat-tool-failed = נכשל
chat-tool-denied = נדחה
chat-tool-exit = יציאה { $code }
chat-tool-exit-code = קוד יציאה { $code }
chat-tool-input = קלט
chat-tool-output = פלט
chat-tool-said-nothing = לא היה פלט.
chat-tool-cut = עוד { $size } הושמטו.
chat-tool-load-all = טעינת הכול

## Commands that wait for an approval

chat-approval-question = להריץ את הפקודה הזו?
chat-approval-hidden = יש בה תווים שאי אפשר לראות. הם נכתבו במפורש וסומנו.
chat-approval-folder = תיקייה
chat-approval-program = תוכנה
chat-approval-runs-on = רצה על
chat-approval-this-computer = המחשב הזה
chat-approval-once = לאשר הפעם
chat-approval-always = לאשר תמיד
chat-approval-deny = לדחות
chat-approval-until = ממתינה עד { $time }
chat-approval-sending = התשובה נשלחת…
chat-approval-on-its-way = התשובה בדרך.
chat-approval-said = להריץ את הפקודה הזו? { $command }
chat-approval-said-in = להריץ את הפקודה הזו? { $command }, בתיקייה { $folder }
chat-approval-said-with = להריץ את הפקודה הזו? { $command }, באמצעות { $program }
chat-approval-said-in-with = להריץ את הפקודה הזו? { $command }, בתיקייה { $folder }, באמצעות { $program }
chat-waits-command = ממתינה לכם: { $command }
chat-waits-show = הצגה
chat-waits-elsewhere = פקודה ממתינה ב"{ $title }"
chat-waits-open = פתיחה
chat-waits-more =
    { $count ->
        [one] עוד אחת ממתינה בשיחות אחרות
        [two] עוד שתיים ממתינות בשיחות אחרות
       *[other] עוד { $count } ממתינות בשיחות אחרות
    }

## Writing a message

chat-write = כתבו הודעה
chat-write-anew = כתבו אותה מחדש
chat-message = הודעה
chat-changing = ההודעה בשינוי. מה שבא אחריה יוחלף.
chat-send = שליחה
chat-send-tip = שליחה (Enter)
chat-stop = עצירה
chat-send-when = מועד השליחה: { $when }
chat-send-now = שליחה עכשיו
chat-send-now-means = אל התור הפועל
chat-send-after = אחרי התור הזה
chat-send-after-means = כתור בפני עצמו
chat-foot-command = זו פקודה לשער. Enter שולח אותה.
chat-foot-enter = Enter שולח. Shift+Enter פותח שורה חדשה.
chat-too-long = ארוכה מכדי לשלוח: { $size } מתוך { $most } לכל היותר.
chat-too-long-cut-off = ארוכה מכדי לשלוח: { $size } מתוך { $most } לכל היותר. סוף מה שהודבק נחתך.

## Files and pictures

chat-file = קובץ
chat-picture = תמונה
chat-attach = צירוף קבצים
chat-attach-desktop = צירוף תמונה של שולחן העבודה
chat-attach-desktop-tip = צירוף תמונה של { $desktop }
chat-limits-both = קבצים עד { $files }, תמונות עד { $pictures }.
chat-limits-files = קבצים עד { $files }.
chat-limits-none = צירוף קבצים ותמונות.
chat-attachments-bad = הסירו את מה שאי אפשר לשלוח, ואז שלחו את ההודעה.
chat-attachment-bad = אי אפשר לשלוח
chat-attachment-reading = בקריאה…
chat-attachment-still-read = { $file } עדיין בקריאה.
chat-attachment-remove = הסרה
chat-attachment-remove-named = הסרת { $file }
chat-drop = שחררו קבצים כדי לשלוח אותם אל { $agent }
chat-bytes =
    { $count ->
        [one] בייט אחד
        [two] שני בייטים
       *[other] { $count } בייטים
    }
chat-kilobytes = { $count } KB
chat-megabytes = { $count } MB

## Why nothing can be sent

chat-blocked-not-installed = OpenClaw לא מותקן במחשב הזה.
chat-blocked-stopped = השער לא פועל.
chat-blocked-refused = השער לא מאפשר לתוכנה הזו להיכנס.
chat-blocked-restarting = השער מופעל מחדש. אחרי זה הפעולה תתאפשר שוב.
chat-blocked-connecting = מתבצע חיבור לשער.
chat-blocked-waiting = אי אפשר להגיע לשער. הפעולה תתאפשר שוב ברגע שהוא יחזור.

## The gateway

chat-gateway-looking = מתבצע חיפוש של השער…
chat-gateway-connecting = מתבצע חיבור לשער…
chat-gateway-moment = זה לוקח רגע.
chat-gateway-restarts = השער מופעל מחדש
chat-gateway-restarts-text =
    { $seconds ->
        [one] החיבור יחזור מעצמו. ההפעלה מחדש התחילה לפני שנייה אחת.
        [two] החיבור יחזור מעצמו. ההפעלה מחדש התחילה לפני שתי שניות.
       *[other] החיבור יחזור מעצמו. ההפעלה מחדש התחילה לפני { $seconds } שניות.
    }
chat-gateway-again-in =
    { $seconds ->
        [one] ניסיון נוסף בעוד שנייה אחת.
        [two] ניסיון נוסף בעוד שתי שניות.
       *[other] ניסיון נוסף בעוד { $seconds } שניות.
    }
chat-gateway-not-installed = OpenClaw לא נמצא במחשב הזה
chat-gateway-not-installed-text = OpenClaw מפעיל את הסוכנים שלכם במחשב הזה, והמסך הזה מדבר עם השער שלו. התקינו אותו ונסו שוב: אין צורך להגדיר כאן דבר.
chat-gateway-stopped = השער לא פועל
chat-gateway-stopped-missing = אין מענה בפורט שלו, והתוכנה openclaw לא נמצאת ב־PATH. הפעילו את השער באופן שבו התקנתם אותו, או התקינו את התוכנה.
chat-gateway-stopped-text = הסוכנים שלכם יענו ברגע שהוא יפעל. בינתיים אפשר לקרוא את מה שידוע מהשיחות שלכם.
chat-gateway-how-install = איך מתקינים
chat-gateway-how-update = איך מעדכנים
chat-gateway-about-access = מידע על גישה
chat-gateway-about-settings = מידע על ההגדרות
chat-gateway-being-started = השער בהפעלה.
chat-gateway-being-stopped = השער בעצירה.
chat-gateway-being-restarted = השער בהפעלה מחדש.
chat-gateway-start = הפעלת השער
chat-gateway-starting = בהפעלה…
chat-gateway-now = ניסיון עכשיו
chat-gateway-copy = העתקת הפקודה

## Code and pictures in a text

chat-code = קוד
chat-copy-code = העתקת הקוד
chat-copied = הועתק
chat-wrap = גלישה
chat-wrap-name = גלישת שורות ארוכות
chat-unwrap = בלי גלישה
chat-unwrap-name = בלי גלישת שורות ארוכות
chat-image = תמונה:{" "}

## Beside an open desktop

chat-no-room = החלון צר מדי לצ׳אט. הרחיבו אותו.

## Links that are followed

chat-link-busy = הקישור לא נפתח, כי משהו אחר פתוח.
chat-link-busy-next = צאו ממנו, ואז פתחו שוב את הקישור.
chat-link-not-reached = אי אפשר היה להגיע אל מה שהקישור מציין.
chat-link-signed-out = כדי לפתוח את הקישור צריך להיות מחוברים לחשבון.
chat-link-signed-out-next = היכנסו לחשבון, ואז פתחו אותו שוב.
