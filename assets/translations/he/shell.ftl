## Screens

shell-chat = צ׳אט
shell-conversations = שיחות
shell-tasks = משימות
shell-agents = סוכנים
shell-documents = נהלים ומיומנויות
shell-desktops = שולחנות עבודה בענן
shell-users = משתמשים
shell-gateway = שער
shell-settings = הגדרות

## Sidebar

shell-sidebar-expand = הרחבת סרגל הצד
shell-sidebar-collapse = כיווץ סרגל הצד
shell-workspace = סביבת עבודה
shell-workspace-named = סביבת העבודה { $name }
shell-no-workspace = אין סביבת עבודה
shell-this-machine-only = במחשב הזה בלבד
shell-find = חיפוש בכול
shell-update-ready = עדכון מוכן
shell-commands-wait =
    { $count ->
        [one] פקודה אחת ממתינה לכם
        [two] שתי פקודות ממתינות לכם
       *[other] { $count } פקודות ממתינות לכם
    }
shell-sign-in = כניסה
shell-unsent =
    { $count ->
        [one] פריט אחד לא נשלח
        [two] שני פריטים לא נשלחו
       *[other] { $count } פריטים לא נשלחו
    }
shell-unsent-why = נשמר במחשב הזה, ויישלח כשאפשר יהיה להגיע לענן.
shell-cloud-off = לא מחובר
shell-cloud-connecting = מתחבר…
shell-cloud-online = מקוון
shell-cloud-offline = לא מקוון, ניסיון נוסף בעוד { $seconds } שנ׳
# The state is one of those above.
shell-cloud-unsent =
    { $count ->
        [one] { $state }, פריט אחד לא נשלח
        [two] { $state }, שני פריטים לא נשלחו
       *[other] { $state }, { $count } פריטים לא נשלחו
    }
shell-cloud-reconnect = { $state }: חיבור מחדש
# The problem is a whole sentence.
shell-cloud-try-now = { $problem } לחצו כדי לנסות עכשיו.

## Menus of the workspace and of the account

shell-workspaces = סביבות עבודה
shell-workspaces-none = אינכם שייכים לאף סביבת עבודה. בעלים של סביבה יכולים להזמין אתכם.
shell-waits-for-cloud = אי אפשר להגיע לענן. הפעולה תתאפשר כשהענן יהיה זמין.
shell-account = חשבון
shell-owner = בעלים
shell-member = חבר
shell-owner-of = בעלים של { $workspace }
shell-member-of = חבר ב־{ $workspace }
shell-settings-open = הגדרות…
shell-change-password-open = שינוי סיסמה…
shell-sign-out = יציאה
shell-sign-out-question = לצאת עכשיו?
shell-sign-out-text =
    { $count ->
        [one] דבר אחד שכתבתם כאן עוד לא הגיע לסביבת העבודה. הוא נשאר במחשב הזה, ויישלח כשתיכנסו שוב.
        [two] שני דברים שכתבתם כאן עוד לא הגיעו לסביבת העבודה. הם נשארים במחשב הזה, ויישלחו כשתיכנסו שוב.
       *[other] { $count } דברים שכתבתם כאן עוד לא הגיעו לסביבת העבודה. הם נשארים במחשב הזה, ויישלחו כשתיכנסו שוב.
    }
shell-sign-out-anyway = יציאה בכל זאת
shell-cancel = ביטול

## While the cloud cannot be reached

shell-try-now = ניסיון עכשיו
shell-trying-again = ניסיון נוסף בעוד { $seconds } שנ׳.
shell-offline = לא מקוון
shell-offline-why = אי אפשר להגיע לענן. זה מה שהיה ידוע לאחרונה.
shell-works-again = אי אפשר להגיע לענן. זה יפעל שוב ברגע שהענן יחזור.
shell-continues = זה יימשך ברגע שאפשר יהיה להגיע לענן.

## A link to a place in the program that cannot be followed

shell-link-no-page = הקישור מציין דף הגדרות שאינו קיים כאן.
shell-link-no-workspace = שולחנות עבודה בענן שייכים לסביבת עבודה.
shell-link-sign-in = היכנסו, ואז פתחו שוב את הקישור.
shell-link-desktop-offline = שולחן העבודה שבקישור אינו מקוון.
shell-link-desktop-start = הפעילו אותו תחילה.
shell-link-no-desktop = בסביבת העבודה הזאת אין שולחן עבודה בשם שבקישור, או שיש יותר מאחד.
shell-link-no-chat = בשער שבמחשב הזה אין שיחה בשם שבקישור.
shell-link-no-gateway = השער שבמחשב הזה אינו פועל.
shell-link-start-gateway = הפעילו אותו, ואז פתחו שוב את הקישור.
shell-link-no-conversation = השיחה שבקישור אינה ברשימה.

## Command palette

shell-palette = לוח פקודות
shell-palette-find = חיפוש בכול ומעבר לשם
shell-palette-none = אין דבר בשם כזה.
shell-kind-action = פעולה
shell-kind-settings = הגדרות
shell-kind-conversation = שיחה
shell-kind-chat = צ׳אט
shell-kind-desktop = שולחן עבודה בענן
shell-kind-desktop-starting = שולחן עבודה בענן, בהפעלה
shell-kind-desktop-offline = שולחן עבודה בענן, לא מקוון
shell-kind-agent = סוכן
shell-kind-sop = נוהל
shell-kind-skill = מיומנות
shell-kind-task = משימה
shell-go-to = מעבר אל { $screen }
shell-settings-page = הגדרות: { $page }
shell-stop-turn = עצירת התור הפועל
shell-new-chat = צ׳אט חדש
shell-new-chat-with = צ׳אט חדש עם { $agent }
shell-restart-gateway = הפעלת השער מחדש
shell-start-gateway = הפעלת השער
shell-new-conversation = שיחה חדשה
shell-new-task = משימה חדשה
shell-theme-system = ערכת נושא: לפי המערכת
shell-theme-light = ערכת נושא: בהירה
shell-theme-dark = ערכת נושא: כהה
shell-webrtc-automatic = מצב חיבור WebRTC: אוטומטי
shell-webrtc-relay = מצב חיבור WebRTC: ממסר TURN
shell-check-updates = בדיקת עדכונים
shell-refresh = רענון
shell-reconnect = חיבור מחדש לענן
shell-switch-to = מעבר לסביבת העבודה { $workspace }
shell-change-password = שינוי סיסמה
shell-open-desktop = פתיחת { $name }

## Parts of several screens

shell-moment = זה ייקח רגע.
shell-try-again = ניסיון נוסף
shell-close = סגירה
shell-dismiss = סגירת ההודעה
shell-hide-note = הסתרת ההערה הזאת
# How much is typed, and how much can be sent.
shell-field-size = { $size } מתוך { $most } KiB

## Unattended screen

shell-unattended-title = הגדרת המסך הזה
shell-unattended-how = בעלים של סביבת העבודה מוסיפים את המסך תחת הגדרות, מסכים ללא השגחה, ומקבלים קוד.
shell-unattended-code = קוד רישום
shell-unattended-code-hint = כפי שהוצג לבעלים
shell-unattended-enrol = רישום המחשב הזה
shell-unattended-enrolling = הרישום מתבצע…
shell-unattended-key = המחשב הזה שומר מפתח משלו, ולא סיסמה של איש.
shell-unattended-name = המסך הזה
shell-unattended-anew = הקלדת קוד חדש
shell-unattended-retry =
    { $seconds ->
        [one] ניסיון נוסף בעוד שנייה אחת.
        [two] ניסיון נוסף בעוד שתי שניות.
       *[other] ניסיון נוסף בעוד { $seconds } שניות.
    }
shell-unattended-connecting = מתחבר אל { $server }…
shell-unattended-none = אין מה להציג
shell-unattended-none-why = הבעלים של סביבת העבודה בוחרים מה המסך הזה מציג.
shell-unattended-show = הצגת { $name }
shell-unattended-online = מקוון
shell-unattended-starting = בהפעלה
shell-unattended-offline = לא מקוון
