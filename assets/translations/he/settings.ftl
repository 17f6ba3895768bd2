## Pages

settings-title = הגדרות
settings-page-general = כללי
settings-page-gateway = שער
settings-page-desktops = שולחנות עבודה בענן
settings-page-privacy = פרטיות
settings-page-permissions = הרשאות
settings-page-network = רשת
settings-page-updates = עדכונים
settings-page-screens = מסכים ללא השגחה
settings-page-diagnostics = אבחון
settings-page-account = חשבון

## On several pages

settings-cancel = ביטול
# Between the names of a list.
settings-comma = ,{" "}

## General

settings-appearance = מראה
settings-theme = ערכת נושא
settings-theme-note = ״מערכת״ פועלת לפי הגדרת המחשב.
settings-theme-system = מערכת
settings-theme-light = בהירה
settings-theme-dark = כהה
settings-language = שפה (Language)
settings-language-note = מה שעדיין לא תורגם מוצג באנגלית.
settings-language-system = מערכת
settings-scale = גודל תצוגה
settings-scale-note = של הכול, חוץ מהתמונה של שולחן עבודה. שום דבר כאן אינו זז מעצמו.
settings-notifications = התראות
settings-notifications-desktop = התראות על שולחן העבודה
settings-notifications-note = MultiClaw מודיע על שולחן העבודה כשתור ארוך מסתיים או כשפקודה ממתינה לאישור שלכם, והחלון שלו אינו בחזית.

## Shortcuts

settings-keys = קיצורי מקלדת
settings-keys-find = חיפוש כל דבר ומעבר אליו
settings-keys-screens = מעבר בין מסכים
settings-keys-screens-which = Ctrl+1 עד Ctrl+9
settings-keys-full-screen = מסך מלא
settings-keys-scale = הגדלה, הקטנה, כמו בהתחלה
settings-keys-scale-which = Ctrl+פלוס, Ctrl+מינוס, Ctrl+0
settings-keys-talk = בצ׳אטים ובשיחות
settings-keys-talk-new = התחלת שיחה חדשה
settings-keys-talk-find = חיפוש בשיחה הפתוחה, או בכולן
settings-keys-talk-send = שליחת ההודעה
settings-keys-talk-line = התחלת שורה חדשה
settings-keys-talk-list = ברשימה: שינוי שם, מחיקה
settings-keys-talk-list-which = F2, Delete
settings-keys-desktop = בשולחן עבודה פתוח
settings-keys-desktop-chat = הצגה או הסתרה של הצ׳אט שלצידו
settings-keys-desktop-picture = הוספת התמונה שלו לצ׳אט
settings-keys-desktop-toolbar = הצגת סרגל הכלים
settings-keys-desktop-full-screen-which = Ctrl+Alt+Enter או F11

## Gateway

settings-gateway = שער OpenClaw
settings-gateway-open = פתיחת השער
settings-browser-automation = אוטומציה של דפדפן
settings-webrtc = מצב חיבור WebRTC
settings-webrtc-automatic = אוטומטי
settings-webrtc-automatic-note = במצב אוטומטי נבדק חיבור ישיר, אחר כך ממסר דרך UDP, ואחר כך דרך TCP בפורט 443.
settings-webrtc-relay = ממסר TURN
settings-webrtc-relay-note = הכול עובר דרך TCP בפורט 443. בחרו באפשרות הזאת כשהרשת חוסמת UDP.

## Cloud desktops

settings-picture = תמונה
settings-scaling = התאמת גודל
settings-scaling-fit = התאמה לחלון
settings-scaling-fit-note = שולחן העבודה נראה תמיד כולו.
settings-scaling-actual = גודל אמיתי
settings-scaling-actual-note = פיקסל אחד בשולחן העבודה הוא פיקסל אחד במסך. שולחן עבודה גדול יותר זז.
settings-quality = איכות
settings-quality-low = מעט נתונים
settings-quality-low-note = לכל היותר 10 תמונות בשנייה, ברמת פירוט נמוכה.
settings-quality-balanced = מאוזנת
settings-quality-balanced-note = לכל היותר 30 תמונות בשנייה.
settings-quality-sharp = חדה
settings-quality-sharp-note = לכל היותר 60 תמונות בשנייה, ברמת פירוט גבוהה.
settings-power = מצב חסכוני
settings-power-automatic = אוטומטי
settings-power-automatic-on = פועל: במחשב הזה אין כרטיס גרפי, או שיש לו ליבה אחת. לכל היותר 12 תמונות בשנייה.
settings-power-automatic-off = כבוי: המחשב הזה חזק מספיק.
settings-power-full = מלא
settings-power-full-note = כבוי: כמה תמונות שהאיכות שלמעלה קובעת.
settings-power-low = חסכוני
settings-power-low-note = פועל: לכל היותר 12 תמונות בשנייה, בכל איכות.
settings-stats = נתונים סטטיסטיים
settings-stats-note = הצגת נתוני החיבור מעל שולחן עבודה פתוח.
settings-input = קלט
settings-keyboard = מקלדת
settings-keyboard-typed = מה שמוקלד
settings-keyboard-typed-note = תווים לפי פריסת המקלדת שלכם, מקשים אחרים לפי מיקומם.
settings-keyboard-positions = מיקום המקשים
settings-keyboard-positions-note = למשחקים, או כשבשני הצדדים אותה פריסת מקלדת.

## Privacy

settings-privacy-network = כל החיבורים מפורטים בדף ״רשת״.
settings-sent = מה נשלח לאחרים
settings-link-titles = כותרות של קישורים
settings-link-titles-note = קישור שבהודעה נשלח אל api.microlink.io, ומשם חוזרת כותרת הדף. כבוי: קישורים מוצגים ככתובות.
settings-site-icons = סמלים של אתרים
settings-site-icons-note = הדומיין של קישור, ושל דף שסוכן פותח בעזרת כלי, נשלח אל www.google.com, ומשם חוזר סמל האתר. כבוי: לקישורים ולהפעלות של כלים אין סמל.
settings-live-progress = התקדמות בזמן אמת
settings-live-progress-note = בזמן שנוהל או מיומנות נוצרים, ההתקדמות מגיעה דרך pusher.com. שום תוכן אינו עובר שם. כבוי: מוצגת רק התוצאה.
settings-stays = מה נשאר במחשב הזה
settings-crash-log-keep = שמירת יומן קריסות
settings-crash-log-keep-note = כשחלק של MultiClaw נכשל, מה שקרה נכתב אל {"\u2068"}~/.multiclaw/crash.log{"\u2069"}, בלי שמות, הודעות ומפתחות. היומן לעולם אינו נשלח; אפשר לקרוא אותו ולשלוח אותו בעצמכם.
settings-crash-log = יומן קריסות
settings-crash-log-facts =
    { $count ->
        [one] קריסה אחת, מועד האחרונה: { $newest }. { $kilobytes } ק״ב.
        [two] שתי קריסות, מועד האחרונה: { $newest }. { $kilobytes } ק״ב.
       *[other] { $count } קריסות, מועד האחרונה: { $newest }. { $kilobytes } ק״ב.
    }
settings-crash-log-delete = מחיקת יומן הקריסות

## Permissions

settings-permissions-about = כל מה שמחוץ לזיכרון של MultiClaw שמותר לו לגשת אליו, ומה בתוכו רשאי לכך. מה שאינו רשום כאן נדחה.
settings-permissions-no-sandbox = ארגז החול כבוי.
settings-permissions-no-sandbox-next = MultiClaw הופעל עם {"\u2068"}--no-sandbox{"\u2069"}. הפעילו אותו בלי זה, אלא אם אתם מחפשים את הסיבה לתקלה.
settings-permissions-refused = MultiClaw מנע משהו מעצמו. זו תקלה ב־MultiClaw; דווחו עליה בבקשה.
settings-permissions-refused-what = { $what }.
settings-permissions-who = { $names }.
settings-permissions-who-more = { $names }, ועוד { $count }.
settings-permissions-few = הצגת מעט
settings-permissions-all = הצגת כל ה־{ $count }
settings-sandbox-title = מה המחשב הזה אוכף על MultiClaw
settings-sandbox = ארגז חול
settings-sandbox-unknown = לא ידוע עליו דבר.
settings-sandbox-held = נאכף
settings-sandbox-not-held = לא נאכף
# What the sandbox would do, a whole sentence; and why it cannot.
settings-sandbox-not-here = { $what } לא במחשב הזה: { $why }.
settings-sandbox-folders = תיקיות שמותר לו לכתוב אליהן
settings-sandbox-landlock = גרסת Landlock

## Updates: what goes on

settings-updates-this = MultiClaw { $version } עבור { $target }
settings-updates-off = העדכונים כבויים
settings-updates-off-note = MultiClaw הופעל בלעדיהם, כמו בהדגמה. לא נעשה שום חיפוש.
settings-updates-no-keys = הגרסה הבנויה הזאת אינה מעדכנת את עצמה
settings-updates-no-keys-note = היא נבנתה בלי מפתחות, ולכן אינה יכולה לאמת גרסה חדשה ואינה מחפשת כזו. בנו את קוד המקור החדש יותר, או התקינו את MultiClaw מהאתר שלו.
settings-updates-everybody = מותקן לכל מי שמשתמש במחשב הזה
settings-updates-everybody-note = אין לכם אפשרות לכתוב אל { $folder }, ולכן שום דבר אינו יורד. מי שהתקין את MultiClaw מעדכן אותו בעזרת החבילה מהאתר.
settings-updates-kept-by = מתעדכן על ידי { $by }
settings-updates-dpkg = התקינו את החבילה החדשה יותר: sudo apt install ./multiclaw_VERSION.deb, מהאתר של MultiClaw.
settings-updates-rpm = התקינו את החבילה החדשה יותר: sudo dnf install ./multiclaw-VERSION.rpm, מהאתר של MultiClaw.
settings-updates-flatpak = לעדכון: flatpak update io.multiclaw.Desktop
settings-updates-snap = לעדכון: sudo snap refresh multiclaw
settings-updates-other-keeper = MultiClaw אינו משנה קבצים שמשהו אחר מטפל בהם. הגרסה החדשה נמצאת במקום שממנו הגיעה הגרסה הזאת.
settings-updates-check = חיפוש עדכונים
settings-updates-checking = מתבצע חיפוש עדכונים…
settings-updates-up-to-date = MultiClaw מעודכן
settings-updates-available = גרסה { $version } זמינה
settings-updates-published = פורסמה בתאריך { $date }.
settings-updates-size = { $size } להורדה.
settings-updates-published-size = פורסמה בתאריך { $date }. { $size } להורדה.
settings-updates-download = הורדה
settings-updates-try-again = ניסיון נוסף
settings-updates-downloading = גרסה { $version } בהורדה
settings-updates-got = { $got } מ״ב
settings-updates-got-of = { $got } מתוך { $of } מ״ב
settings-updates-installing = בבדיקה ובפריסה…
settings-updates-installing-note = החתימה נבדקת לפני שמשהו נפרס.
settings-updates-ready = גרסה { $version } מוכנה
settings-updates-ready-note = החתימה שלה תקינה. היא תפעל החל מההפעלה הבאה, מתי שתהיה. אם היא לא תעלה, הגרסה הזאת תחזור מעצמה.
settings-updates-restart = הפעלה מחדש עכשיו
settings-updates-comes-back = גרסה { $version } חוזרת
settings-updates-before-comes-back = הגרסה הקודמת חוזרת
settings-updates-comes-back-note = היא תפעל החל מההפעלה הבאה.
settings-updates-not-worked = זה לא הצליח
settings-updates-again = נסו שוב
settings-updates-wait = המתינו עד שהפעולה הנוכחית תסתיים, או בטלו אותה.
settings-updates-new = מה חדש בגרסה { $version }

## Updates: by itself

settings-updates-by-itself = באופן אוטומטי
settings-updates-look = חיפוש גרסאות חדשות והורדתן
settings-updates-look-note = בהפעלה ופעם ביום. נשלחים הגרסה וסוג המחשב ({ $version }, { $target }), ושום דבר עליכם. אף פעם לא בזמן שאתם בשולחן עבודה.
settings-quiet = שעות שקט
settings-quiet-note = בשעות האלה שום דבר אינו נבדק, יורד או מודיע מעצמו.
settings-quiet-by-rule = מ־{ $from } עד { $to }. מי שמנהל את המחשב הזה קבע אותן.
settings-quiet-ends = משעה עד שעה
settings-quiet-ends-note = לפי השעה המקומית.
settings-quiet-begin = תחילת שעות השקט, { $time }
settings-quiet-end = סוף שעות השקט, { $time }

## Updates: trust, and the way back

settings-updates-trust = במה יש אמון
settings-updates-trust-note = גרסה חדשה מותקנת רק אם היא חתומה באחד המפתחות האלה, מיועדת לסוג המחשב הזה, וחדשה מהגרסה הזאת.
settings-updates-last-check = הבדיקה האחרונה שהצליחה
settings-updates-never = אף פעם
settings-updates-key = מפתח { $id }, שמתחיל ב־{ $begins }
settings-updates-other = בלי הרשת, ואחורה
settings-updates-files = התקנה מקבצים
settings-updates-files-note = למחשב שאין לו דרך החוצה: בחרו את הארכיון ואת קובץ ה־{"\u2068"}.minisig{"\u2069"} שלו. הם נבדקים כמו הורדה.
settings-updates-files-choose = בחירת קבצים…
settings-updates-keep = להישאר בגרסה { $version }
settings-updates-keep-note = בסופו של דבר לא לחזור אחורה בהפעלה הבאה.
settings-updates-keep-act = להישאר
settings-updates-back = חזרה לגרסה { $version }
settings-updates-back-note = היא נשמרה כשהוחלפה. אפשר לחזור רק צעד אחד אחורה.
settings-updates-back-ask = חזרה…
settings-updates-back-question = לחזור לגרסה { $version }?
settings-updates-back-text = ייתכן שגרסה { $version } סוגרת פרצות אבטחה שיש בגרסה { $previous }. היא לא תוצע שוב מעצמה; גרסה חדשה ממנה כן. גרסה { $previous } תפעל החל מההפעלה הבאה.
settings-updates-back-act = חזרה
settings-updates-back-keep = להישאר בגרסה הזאת
settings-updates-failed = לא יוצעו שוב
settings-updates-version = גרסה { $version }

## Unattended screens: the list

settings-screens-about = מסך על קיר או על דלפק מציג שולחנות עבודה בענן בלי שמישהו נכנס לחשבון. יש לו מפתח משלו במקום סיסמה, ואפשר להסיר אותו בכל עת.
settings-screens-add = הוספת מסך
settings-screens-refresh = רענון
settings-screens-loading = המסכים נטענים…
settings-screens-none = עדיין אין מסכים ללא השגחה
settings-screens-none-note = הוסיפו מסך, והקלידו את הקוד שלו במחשב שאמור להציג אותו.
settings-screens-no-desktop = כבר אין שולחן עבודה
settings-screens-another = שולחן עבודה אחר
settings-screens-controls = { $desktops } · שליטה מותרת
settings-screens-views = { $desktops } · צפייה בלבד
settings-screens-waits = ממתין למחשב שלו עד { $until } · נוסף על ידי { $creator }
settings-screens-not-seen = נרשם, עדיין לא נראה · נוסף על ידי { $creator }
settings-screens-seen = נראה לאחרונה: { $time } · נוסף על ידי { $creator }
# For screen readers: its name, what it shows, how it is.
settings-screens-row = { $name }. { $shows }. { $state }
settings-screens-remove = הסרה
settings-screens-remove-name = הסרת { $name }
settings-screens-remove-question = להסיר את { $name }?
settings-screens-remove-enrolled = מה שהוא מציג נפסק מיד, והמפתח שלו כבר לא פותח דבר. כדי להשתמש שוב במחשב, הוסיפו מסך ורשמו אותו מחדש.
settings-screens-remove-waiting = הקוד שלו יפסיק לפעול.
settings-screens-remove-act = הסרת המסך

## Unattended screens: adding one

settings-screens-add-title = הוספת מסך ללא השגחה
settings-screens-name = שם
settings-screens-name-hint = איפה הוא תלוי, למשל ״לובי״
settings-screens-desktops = שולחנות עבודה שמותר לו להציג
settings-screens-no-desktops = בסביבת העבודה עדיין אין שולחן עבודה בענן.
settings-screens-may = מה מותר לו לעשות
settings-screens-view = צפייה בלבד
settings-screens-view-note = הוא מציג את התמונה. מה שמוקלד שם אינו מגיע לשולחן העבודה.
settings-screens-control = שליטה
settings-screens-control-note = מי שעומד מולו יכול להקליד וללחוץ בשולחנות העבודה האלה.
settings-screens-busy = הקוד בהכנה.
settings-screens-no-name = תנו למסך שם.
settings-screens-choose = בחרו את שולחנות העבודה שמותר לו להציג.
settings-screens-most = מסך מציג לכל היותר 32 שולחנות עבודה.
settings-screens-make = יצירת הקוד
settings-screens-adding = בהוספה…
settings-screens-added = { $name } נוסף
settings-screens-run = הריצו את זה במחשב והקלידו את הקוד.
settings-screens-enrolled = המחשב נרשם.
settings-screens-once = הקוד מוצג פעם אחת. הוא פועל פעם אחת, עד { $until }.
settings-screens-copy-code = העתקת הקוד
settings-screens-copy-command = העתקת הפקודה
settings-screens-copied = הועתק
settings-screens-done = סיום

## Diagnostics

settings-diagnostics-question = משהו לא עובד?
settings-diagnostics-about = MultiClaw בודק את הרשת, את הכניסה שלכם, את הדרכים לשולחן עבודה בענן, את השער ואת המחשב הזה, ומציין מה לא עובד. הוא לא שולח שום דבר שאינו נשלח ממילא.
settings-diagnostics-run = הרצת הבדיקה
settings-diagnostics-again = הרצה חוזרת
settings-diagnostics-stop = עצירה
settings-diagnostics-desktop = לפתוח גם שולחן עבודה
settings-diagnostics-opened = שולחן העבודה שייפתח: { $name }
settings-diagnostics-none = ללא
settings-diagnostics-copy = העתקה
settings-diagnostics-copy-note = העתקת הממצאים כטקסט, עם השמות שבהם.
settings-diagnostics-save = שמירה בקובץ
settings-diagnostics-save-note = כתיבת הממצאים, ההגדרות, יומן החיבורים והשורות האחרונות של היומן. סודות, שמות וכתובות מוסרים.
settings-diagnostics-saving = בשמירה…
settings-diagnostics-saved = נשמר בשם { $name }.
settings-diagnostics-checking = בבדיקה, { $over } מתוך { $all }
settings-diagnostics-looking = נבדקים: { $names }
settings-diagnostics-moment = זה ייקח רגע.
settings-diagnostics-failed = משהו לא עובד
settings-diagnostics-warning = עובד, אבל יש מה לדעת
settings-diagnostics-well = הכול תקין
settings-diagnostics-stopped = הבדיקה נעצרה
settings-diagnostics-checked = מועד הבדיקה: { $time }
settings-diagnostics-running = בבדיקה…
settings-diagnostics-seconds = { $seconds } שנ׳
settings-diagnostics-ms = { $ms } ms
# A step, how it is, what was found, what to do.
settings-diagnostics-step = { $name }: { $state }.
settings-diagnostics-step-found = { $name }: { $state }. { $found }.
settings-diagnostics-step-next = { $name }: { $state }. { $found }. { $next }.

## Account

settings-account-name = שם
settings-account-email = דוא״ל
settings-account-workspace = סביבת עבודה
settings-account-role = תפקיד
settings-account-owner = בעלים
settings-account-member = חבר
settings-password-change = שינוי סיסמה
settings-password-note = בכל מקום אחר שבו נכנסתם לחשבון תתבצע יציאה.
settings-password-current = הסיסמה הנוכחית
settings-password-new = סיסמה חדשה
settings-password-rule = לפחות { $least } תווים.
settings-password-rule-more =
    { $more ->
        [one] לפחות { $least } תווים: חסר עוד תו אחד.
        [two] לפחות { $least } תווים: חסרים עוד שני תווים.
       *[other] לפחות { $least } תווים: חסרים עוד { $more }.
    }
settings-password-show = הצגת הסיסמאות
settings-password-hide = הסתרת הסיסמאות
settings-password-changing = בשינוי…
settings-password-changed = הסיסמה שונתה.
settings-password-offline = אי אפשר להגיע לענן.
