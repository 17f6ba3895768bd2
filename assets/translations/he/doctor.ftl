# בדיקת כל מה שצריך לעבוד (הדף ״אבחון״, והפקודה multiclaw doctor).

## מה נבדק

doctor-step-dns = חיפוש שמות
doctor-step-proxy = שרת proxy
doctor-step-tls = חיבור מאובטח
doctor-step-sign-in = כניסה
doctor-step-realtime = חיבור חי
doctor-step-session = שיחה עם שולחן
doctor-step-stun = UDP (STUN)
doctor-step-turn-udp = ממסר דרך UDP
doctor-step-turn-tls = ממסר דרך TLS
doctor-step-turn-tcp = ממסר דרך TCP
doctor-step-frames = תמונת שולחן
doctor-step-openclaw = תוכנת OpenClaw
doctor-step-openclaw-configuration = הגדרת OpenClaw
doctor-step-gateway = שער
doctor-step-folders = תיקיות ודיסק
doctor-step-graphics = גרפיקה
doctor-step-file-dialogs = חלונות קבצים
doctor-step-notifications = התראות

## הבדיקה ומה יצא ממנה

doctor-run-again = הריצו את הבדיקה שוב.
doctor-broke = לא ניתן היה לבדוק את זה.
doctor-too-long =
    { $seconds ->
        [one] לא התקבלה תוצאה בתוך שנייה אחת.
        [two] לא התקבלה תוצאה בתוך שתי שניות.
       *[other] לא התקבלה תוצאה בתוך { $seconds } שניות.
    }
doctor-needs-failed = לשם כך דרוש ״{ $step }״, והוא נכשל.
doctor-needs-skipped = לשם כך דרוש ״{ $step }״, והוא דולג.
doctor-stopped-before = הבדיקה נעצרה לפני השלב הזה.
doctor-stopped = הבדיקה נעצרה לפני סיומה.
doctor-stopped-next = הריצו אותה שוב.
doctor-verdict-good = כל מה שנבדק עובד.
doctor-verdict-not-all = כל מה שנבדק עובד. { $detail }
doctor-verdict-warning = מה שנחוץ עובד. { $step }: { $detail }
doctor-verdict-skipped = מה שניתן היה לבדוק עובד. השלב ״{ $step }״ דולג, וכך גם מה שתלוי בו: { $detail }
doctor-verdict-failed = השלב ״{ $step }״ נכשל: { $detail }

## הקובץ למי שעוזר

doctor-file-title = בדיקת MultiClaw,‏ { $time }
doctor-file-system = { $system } על { $arch }
doctor-file-private = פרטים אישיים הוסרו: [secret],‏ [private],‏ [e-mail], כתובות.
doctor-file-settings = הגדרות
doctor-file-connections = חיבורים, החדש ביותר אחרון: שעה, מטרה, יעד, תוצאה
doctor-file-log = השורות האחרונות של היומן
doctor-nothing-to-export = אין עדיין מה לכתוב.
doctor-nothing-to-export-next = הריצו תחילה את הבדיקה.

## רשת

doctor-no-cloud = { $cloud } אינה כתובת של ענן.
doctor-no-cloud-next = כתובת כזאת נראית כך: https://cloud.example.com.
doctor-proxy-unreadable = שרת ה-proxy היה אמור לחפש את השמות, אך הוא אינו שמיש.
doctor-address = הענן מוגדר לפי כתובתו, ולכן אין צורך בחיפוש שם.
doctor-names-by-proxy = שרת ה-proxy { $proxy } מחפש את השמות, ולכן המחשב הזה אינו צריך לעשות זאת.
doctor-name =
    { $count ->
        [one] ל-{ $host } יש כתובת אחת
        [two] ל-{ $host } יש שתי כתובות
       *[other] ל-{ $host } יש { $count } כתובות
    }
# בין שניים מאלה.
doctor-names-between = ,{" "}
# רשימה של אלה.
doctor-names = { $hosts }.
doctor-no-proxy = לא הוגדר שרת proxy, ולכן החיבורים ישירים.
doctor-proxy = { $proxy }, מהמשתנה { $variable }, מוביל אל הענן. הוא אינו משמש לחיבור למחשב הזה עצמו.
doctor-proxy-not-for = { $variable } מוגדר, ו-NO_PROXY מוציא מכלל זה את { $host }, ולכן החיבורים ישירים.
doctor-proxy-for-loopback = שרת ה-proxy { $proxy } היה משמש גם לחיבור למחשב הזה עצמו.
doctor-proxy-for-loopback-next = הוסיפו את 127.0.0.1 למשתנה NO_PROXY.
doctor-tls = { $host } מציג אישור שהמחשב הזה סומך עליו, והשעונים תואמים.

## חשבון

doctor-signed-in = הענן מקבל את פרטי הכניסה השמורים.
doctor-signed-out = לא בוצעה כניסה.
doctor-signed-out-next = היכנסו והריצו את הבדיקה שוב.
doctor-session-unreadable = לא ניתן לקרוא את פרטי הכניסה השמורים: { $why }.
doctor-session-unreadable-next = היכנסו שוב.
doctor-online = החיבור החי לענן נפתח, והענן משיב.

## שיחה עם שולחן עבודה

doctor-session =
    { $servers ->
        [0] הענן פותח שיחה עם { $desktop } ואינו מציין שום ממסר.
        [one] הענן פותח שיחה עם { $desktop } ומציין ממסר אחד.
        [two] הענן פותח שיחה עם { $desktop } ומציין שני ממסרים.
       *[other] הענן פותח שיחה עם { $desktop } ומציין { $servers } ממסרים.
    }
doctor-no-session = הענן אינו עונה לבקשה לפתוח שיחה.
doctor-no-session-next = נסו שוב בעוד כמה דקות. אם זה נמשך, פנו למי שמפעיל את הענן.
doctor-none-online = אף שולחן עבודה בענן אינו מחובר, והענן מציין את הממסרים שלו רק יחד עם שולחן כזה.
doctor-none-online-next = הפעילו שולחן עבודה והריצו את הבדיקה שוב.
doctor-no-such-desktop = אין בסביבת העבודה הזאת שולחן עבודה בענן בשם { $name }.
doctor-no-such-desktop-next = בדקו את השם ברשימת שולחנות העבודה.
doctor-desktop-offline = { $name } אינו מחובר.
doctor-desktop-offline-next = הפעילו אותו, או בדקו ששירות הרקע שלו פועל ומגיע לענן.

## ממסרים

doctor-mode-without-udp = מצב חיבור WebRTC מוגדר כ״ממסר TURN״, שאינו משתמש ב-UDP.
doctor-no-udp-server = הענן אינו מציין שרת שמגיעים אליו דרך UDP.
# דרך UDP, ‏TCP או TLS.
doctor-no-relay = הענן אינו מציין ממסר שמגיעים אליו דרך { $way }.
# שרת במשפטים שלהלן, למשל: turn.multiclaw.io, UDP, פורט 3478
doctor-server = { $host } ({ $way }, פורט { $port })
doctor-milliseconds =
    { $count ->
        [one] אלפית שנייה אחת
        [two] שתי אלפיות שנייה
       *[other] { $count } אלפיות שנייה
    }
doctor-bound = { $server } משיב לאחר { $time }.
doctor-relayed = { $server } מעביר חבילה הלוך ושוב בתוך { $time }.
doctor-allocated = { $server } נותן הקצאה לאחר { $time }. הוא אינו שולח אל עצמו, ולכן לא נשלחה חבילה.
doctor-udp-silent = לא חוזר דבר מ-{ $server }.
doctor-udp-silent-next = ייתכן שחומת אש חוסמת UDP. בקשו מצוות ה-IT לאפשר UDP בפורט { $port } אל { $host }, או שנו את מצב חיבור WebRTC לממסר TURN ב״הגדרות״, תחת ״שער״ ו״אוטומציית דפדפן״.
doctor-silent = { $server } מקבל את החיבור ואז שותק.
doctor-server-broke = { $server } ניתק את החיבור.
doctor-in-its-place = ייתכן שמשהו בדרך עונה במקומו. בקשו מצוות ה-IT לא לבחון את התעבורה אליו.
doctor-credentials-refused = { $server } אינו מקבל את פרטי הגישה שהענן נתן (קוד { $code }).
doctor-credentials-refused-next = בדקו את התאריך והשעה במחשב הזה. אם הם נכונים, פנו למי שמפעיל את הענן: ייתכן שסוד הממסר שלו אינו זה של הממסר.
doctor-allocation-refused = ב-{ $server } אין מקום לחיבור (קוד { $code }).
doctor-allocation-refused-next = נסו שוב מאוחר יותר. אם זה נמשך, פנו למי שמפעיל את הממסר.

## התמונה של שולחן העבודה

doctor-not-opened = לא צוין שולחן עבודה, ולכן לא נפתח אחד.
doctor-not-opened-next = בחרו שולחן עבודה כדי לראות אם התמונה שלו מגיעה.
doctor-no-thread = המערכת אינה נותנת תהליכון למפענח: { $why }.
# שולחן עבודה וגודל התמונה שלו, בשלושת המשפטים שלהלן.
doctor-desktop-size = { $desktop } ({ $width } × { $height })
doctor-picture = התמונה הראשונה של { $desktop } הגיעה לאחר { $time }.
doctor-picture-relayed = התמונה הראשונה של { $desktop } הגיעה לאחר { $time } דרך ממסר.
doctor-picture-direct = התמונה הראשונה של { $desktop } הגיעה לאחר { $time } בדרך הישירה.
doctor-round-trip = הלוך ושוב אורך { $time }.
doctor-no-round-trip = לא נמדד זמן הלוך ושוב בזמן הקצוב.
doctor-no-picture = { $desktop } עונה, אך לא מגיעה תמונה.
doctor-no-picture-next = עיינו ביומן של שירות הרקע של שולחן העבודה.
doctor-desktop-left = { $desktop } התנתק בזמן שנפתח.
doctor-desktop-left-next = בדקו ששירות הרקע שלו פועל והריצו את הבדיקה שוב.

## OpenClaw

doctor-gateway-not-looked-for = השער אינו נבדק כאן.
doctor-no-openclaw = ‏OpenClaw אינו מותקן במחשב הזה.
doctor-no-openclaw-next = התקינו אותו כדי לשוחח עם סוכנים משלכם.
doctor-openclaw = ‏OpenClaw { $version } מותקן.
doctor-no-configuration = ל-OpenClaw אין עדיין תצורה.
doctor-no-configuration-next = הגדירו אותו במסוף: openclaw setup.
doctor-configuration-odd-next = בדקו אותה באמצעות: openclaw doctor.
doctor-configuration = הקובץ openclaw.json תקין: פורט { $port } במחשב הזה, ללא אסימון.
doctor-configuration-token = הקובץ openclaw.json תקין: פורט { $port } במחשב הזה, עם אסימון.
doctor-gateway-silent = דבר אינו עונה בפורט { $port } במחשב הזה.
doctor-gateway-silent-next = הפעילו את השער בדף שלו, או במסוף: openclaw gateway start.
doctor-gateway-status = מה שעונה בפורט { $port } במחשב הזה אינו שער, או שאינו תקין (מצב { $status }).
doctor-gateway-status-next = עיינו ביומן של השער, או בדקו מה משתמש בפורט: openclaw gateway status.
doctor-no-gateway = מה שעונה בפורט { $port } במחשב הזה אינו שער: { $why }.
doctor-no-gateway-next = בדקו מה משתמש בפורט: openclaw gateway status.
# הערך הוא משפט: מה שייך למישהו אחר.
doctor-foreign = { $what } לא נמסר לו דבר.
doctor-foreign-next = סגרו את התוכנה ההיא, או בחרו פורט אחר: gateway.port בקובץ openclaw.json.
doctor-gateway-answers = הוא עונה בפורט { $port }, שייך לכם ומכיר את המכשיר הזה.
doctor-not-paired = הוא עונה בפורט { $port } ושייך לכם. המכשיר הזה עדיין אינו מצומד.
doctor-not-paired-next = פתחו את הדף של השער: כתוב בו מה לעשות.
doctor-device-unreadable = הוא עונה בפורט { $port }. לא ניתן לקרוא את הקובץ עם המפתח של המכשיר הזה.
doctor-device-unreadable-next = המכשיר יצומד מחדש כשהתוכנה תתחבר.

## המחשב הזה

doctor-folder-open = אחרים במחשב הזה יכולים לעיין ב-{ $name } ({ $mode }).
doctor-folder-open-next = יש בה אסימונים ושיחות. הגבילו אותה אליכם בלבד: chmod 700 { $name }.
doctor-folder = לא ניתן להשתמש בתיקייה { $name }: { $why }.
doctor-folder-next = בדקו למי שייכת התיקייה ומה ההרשאות שלה.
doctor-folder-foreign-next = העבירו אותה לבעלות המשתמש שלכם: chown.
doctor-folder-file-next = העבירו את הקובץ בשם הזה למקום אחר.
doctor-folders = התיקיות פתוחות רק לכם.
doctor-folders-free = התיקיות פתוחות רק לכם. פנויים { $size }.
doctor-disk-full = נותרו רק { $size } פנויים במקום שבו נמצאת ‎~/.multiclaw‎.
doctor-disk-full-next = פנו מקום בדיסק.
doctor-graphics-not-looked-at = ההתקן הגרפי לא נבדק.
doctor-no-graphics = לא נמצא התקן גרפי, אפילו לא בתוכנה.
doctor-no-graphics-next = התקינו מנהל התקן (ב-Debian וב-Ubuntu: ‏mesa-vulkan-drivers).
doctor-graphics = { $name } ({ $backend }), תמונות עד { $pixels } פיקסלים בצלע.
doctor-graphics-small-next = לא ניתן להציג שולחנות עבודה גדולים יותר. עדכנו את מנהל ההתקן.
doctor-graphics-software = { $name } ({ $backend }), תמונות עד { $pixels } פיקסלים בצלע. המעבד ממלא את תפקיד ההתקן הגרפי.
doctor-graphics-software-next = התמונות מעמיסות יותר על המעבד. התקינו את מנהל ההתקן של ההתקן הגרפי.
doctor-dialogs-shown = המערכת מציגה חלונות לבחירת קבצים.
doctor-notifications-shown = המערכת מציגה התראות.
doctor-no-window = אין כאן סביבה גרפית לבדוק בה.
