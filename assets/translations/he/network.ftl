## Signing in and the account
network-wrong-credentials = כתובת הדוא״ל או הסיסמה שגויות.
network-wrong-credentials-next = בדקו את שתיהן ונסו שוב.
network-stays-signed-in = אתם נשארים מחוברים: ייעשה ניסיון נוסף באופן אוטומטי.
network-signed-out = יצאתם מהחשבון.
network-signed-out-next = הסיסמה שלכם שונתה, או שבעלים הסיר אתכם מסביבת העבודה. היכנסו שוב.
network-no-workspace = החשבון שלכם אינו שייך לאף סביבת עבודה.
network-no-workspace-next = בקשו מהבעלים של סביבת עבודה להזמין אתכם.
network-left-workspace = אינכם עוד בסביבת העבודה הזאת.
network-left-workspace-next = בעלים הסיר אתכם ממנה.
network-device-denied = הכניסה נדחתה בדפדפן.
network-device-denied-next = אם זו הייתה טעות, נסו שוב.
network-device-expired = הכניסה בדפדפן ארכה זמן רב מדי.
network-device-expired-next = התחילו מחדש.
network-strange-page = הענן הפנה לדף כניסה שאינו שלו.
network-strange-page-next = לא נפתח דבר. בדקו את כתובת השרת.

## Links
network-no-browser = לא ניתן היה להפעיל דפדפן אינטרנט.
network-no-browser-next = העתיקו את הקישור ופתחו אותו בעצמכם.
network-link-not-opened = הקישור הזה לא נפתח.
network-link-not-opened-next = נפתחים רק קישורי http ו-https רגילים.

## The disk
network-storage-folder = אי אפשר להשתמש בתיקייה { $path }: { $why }.
network-storage-file = אי אפשר להשתמש בקובץ { $name }: { $why }.
network-storage-damaged = הקובץ { $name } פגום: { $why }.
network-storage-next = ודאו שיש מקום פנוי בדיסק ושהתיקייה בבעלותכם.

## What the cloud answers
network-locked = החשבון הזה ננעל אחרי יותר מדי ניסיונות כניסה כושלים.
network-locked-until = נסו שוב אחרי { $until }.
network-locked-next = נסו שוב בעוד 15 דקות.
network-forbidden = התפקיד שלכם אינו מאפשר זאת.
network-forbidden-next = פנו לבעלים של סביבת העבודה.
network-not-found = הענן אינו מכיר את זה.
network-not-found-next = רעננו את הרשימה.
network-conflict = אי אפשר לעשות זאת עכשיו.
network-conflict-next = בינתיים חל שינוי: בדקו את המצב ונסו שוב.
network-last-owner = לסביבת עבודה דרושים בעלים.
network-last-owner-next = מנו קודם מישהו אחר לבעלים.
network-taken = הכתובת הזאת כבר נמצאת בסביבת העבודה.
network-invitation-gone = ההזמנה הזאת כבר נוצלה או שפג תוקפה.
network-invitation-gone-next = בקשו הזמנה חדשה מהבעלים של סביבת העבודה.
network-too-long = זה ארוך מדי.
network-too-long-next = קצרו ונסו שוב.
network-bad-request = הענן לא קיבל את מה שהוזן.
network-bad-request-next = בדקו זאת ונסו שוב.
network-rate-limited = הענן מבקש להאט.
network-rate-limited-next = המתינו דקה ונסו שוב.
network-cloud-fault = יש תקלה ב-MultiClaw Cloud.
network-cloud-fault-next = נסו שוב בעוד כמה דקות.
network-unreadable = לא ניתן היה לקרוא את תשובת הענן.
network-unreadable-next = נסו שוב. אם זה נמשך, עדכנו את MultiClaw.

## A desktop that is opened
network-desktop-no-answer = { $name } לא הגיב.
network-desktop-no-answer-next = ייתכן שהוא בהפעלה או עסוק.
network-desktop-no-path = לא נמצא נתיב רשת אל { $name }.
network-desktop-no-path-next = ייתכן שחומת אש חוסמת אותו. בהגדרות, תחת "שער" ו"אוטומציית דפדפן", שנו את מצב החיבור של WebRTC לממסר TURN.
network-desktop-lost = החיבור אל { $name } אבד.
network-no-relay = אי אפשר היה להגיע לאף ממסר.
network-no-relay-next = בקשו מצוות ה-IT לאפשר TCP בפורט 443 אל turn.multiclaw.io.
network-desktop-bye = { $name } סגר את החיבור.
network-desktop-version = { $name } משתמש בגרסה אחרת של הפרוטוקול.
network-desktop-version-next = עדכנו את MultiClaw, או את שירות הרקע של שולחן העבודה.
network-credentials-expired = הממסר לא קיבל את פרטי הגישה שהענן נתן.
network-credentials-expired-next = מתבקשים פרטים חדשים.
network-desktop-failed = החיבור אל { $name } נכשל.
network-desktop-gone = { $name } אינו עוד בסביבת העבודה הזאת.
network-desktop-gone-next = חזרו לרשימה.
network-desktop-offline = { $name } אינו מקוון.
network-desktop-offline-next = הוא ייפתח ברגע שיחזור.
network-desktop-busy = ל-{ $name } יש יותר מדי צופים.
network-desktop-busy-next = בקשו מאחד מהם לצאת.
network-desktop-refused = הענן סירב לפתוח את { $name }.
network-cloud-offline = אי אפשר להגיע לענן.
network-cloud-offline-next = שולחן העבודה ייפתח ברגע שהענן יחזור.

## Who did not answer, at the beginning of a sentence
network-the-cloud = הענן
network-the-relay = הממסר

## A connection that failed
network-dns = השם { $host } לא נמצא.
network-dns-next = ודאו שהמחשב הזה מחובר לרשת.
network-connect = { $whom } אינו זמין.
network-connect-next = בדקו את החיבור לרשת, או אם חומת אש חוסמת אותו.
network-timeout = { $whom } אינו עונה.
network-check-and-retry = בדקו את החיבור לרשת ונסו שוב.
network-no-roots = במחשב הזה אין אישורים מהימנים, ולכן אי אפשר ליצור חיבור מאובטח.
network-no-roots-next = התקינו את אישורי המערכת (ב-Debian וב-Ubuntu: ca-certificates).
network-refused = MultiClaw אינו מתחבר אל { $host }, פורט { $port }.
network-refused-next = הוא מתחבר רק לענן שלו ולשירותים שברשימה שלו. בדקו את כתובת השרת.
network-private-address = השם { $host } מוביל אל תוך הרשת המקומית הזאת, ולכן לא נעשה בו שימוש.
network-private-address-next = בדקו את שרת השמות של הרשת הזאת.
network-captive = הרשת ענתה במקום הענן.
network-captive-next = פתחו דפדפן אינטרנט: ייתכן שהרשת הזאת דורשת כניסה קודם.
network-upgrade = { $whom } לא פתח את החיבור החי (סטטוס { $status }).
network-upgrade-next = ייתכן ששרת proxy או חומת אש חוסמים WebSockets. בקשו מצוות ה-IT לאפשר אותם.
network-too-much = { $whom } שלח יותר ממה שצריך.
network-tell-whoever-runs-it = נסו שוב. אם זה נמשך, ספרו למי שמפעיל אותו.
network-not-secure = זו אינה כתובת מאובטחת.
network-not-secure-next = השתמשו בכתובת שמתחילה ב-https://.
network-broke = החיבור נקטע.
network-failed = החיבור נכשל.

## Certificates
network-exclude-next = בקשו מצוות ה-IT להחריג את *.multiclaw.io ואת turn.multiclaw.io מבדיקת TLS.
network-expired-on = תוקף האישור פג ב-{ $when }.
network-expired = תוקף האישור פג.
network-not-yet-valid-before = האישור ייכנס לתוקף רק ב-{ $when }.
network-not-yet-valid = האישור עדיין אינו בתוקף.
network-wrong-host = שרת אחר ענה במקום { $host }.
network-wrong-host-next = פתחו דפדפן אינטרנט: ייתכן שהרשת הזאת דורשת כניסה קודם. או בדקו את כתובת השרת.
network-inspected = הרשת שלכם בודקת תעבורה מוצפנת. האישור שלה הוא מטעם { $issuer }.
network-unknown-issuer = המחשב הזה אינו סומך על האישור. ייתכן שהרשת שלכם בודקת תעבורה מוצפנת.
network-revoked = האישור של { $whom } נשלל.
network-revoked-next = נסו שוב מאוחר יותר. אם זה נמשך, ספרו למי שמפעיל אותו.
network-not-for-servers = האישור אינו מיועד לשרתים.
network-not-for-servers-next = ספרו למי שמפעיל את השרת.
network-old-protocol = השרת, או משהו בדרך אליו, תומך רק בגרסה מיושנת של TLS.
network-old-protocol-next = ספרו למי שמפעיל אותו: ל-MultiClaw דרוש TLS 1.2.
network-plain-http = משהו ענה ללא הצפנה.
network-plain-http-next = פתחו דפדפן אינטרנט: ייתכן שהרשת הזאת דורשת כניסה קודם. או בדקו את הפורט.
network-cut = החיבור נותק כבר בתחילתו.
network-cut-next = ייתכן שחומת אש חוסמת אותו. בקשו מצוות ה-IT לאפשר את *.multiclaw.io, פורט 443.
network-tls-refused = החיבור המאובטח נדחה: { $fault }.
network-tls-refused-next = בדקו את התאריך והשעה במחשב הזה ונסו שוב.
network-clock-says = השעון של המחשב הזה מראה { $now }. אם זה שגוי, תקנו אותו.
network-check-clock = בדקו את התאריך והשעה במחשב הזה.

## Proxies
network-proxy-variable-next = בדקו את המשתנה HTTPS_PROXY והפעילו את MultiClaw מחדש.
network-proxy-malformed = המשתנה { $proxy } אינו כתובת של שרת proxy.
network-proxy-malformed-next = הכתובת נראית כך: http://user:password@proxy.example.com:3128.
network-proxy-scheme = אין תמיכה בשרתי proxy מסוג { $scheme }.
network-proxy-scheme-next = השתמשו באחד מאלה: http, https, socks5 או socks5h.
network-proxy-password-wanted = שרת ה-proxy { $proxy } דורש שם וסיסמה.
network-proxy-password-wanted-next = רשמו אותם במשתנה HTTPS_PROXY, למשל http://user:password@proxy:3128.
network-proxy-password-wrong = שרת ה-proxy { $proxy } אינו מקבל את השם והסיסמה.
network-proxy-sign-in = שרת ה-proxy { $proxy } דורש כניסה באמצעות { $offered }, ואין בכך תמיכה.
network-proxy-sign-in-next = בקשו מצוות ה-IT שרת proxy עם סיסמה, או תוכנת עזר מקומית כגון cntlm.
network-proxy-denied = שרת ה-proxy { $proxy } אינו מאפשר את החיבור.
network-proxy-denied-next = בקשו מצוות ה-IT לאפשר את *.multiclaw.io, פורט 443.
network-proxy-failed = שרת ה-proxy { $proxy } אינו פועל: { $fault }.

## The relay
network-relay-refused = בממסר אין מקום לחיבור הזה (קוד { $code }).
network-tried-again = ייעשה ניסיון נוסף.
network-relay-closed = הממסר סגר את החיבור מיד.
network-relay-closed-next = ייתכן שמשהו בדרך עונה במקומו. בקשו מצוות ה-IT לאפשר TCP בפורט 443 אל turn.multiclaw.io.
network-relay-silent = הממסר אינו עונה.

## Unattended screens
network-code-gone = הקוד הזה אינו תקף עוד.
network-code-gone-next = קוד פועל פעם אחת ולמשך עשר דקות. בקשו קוד חדש מהבעלים של סביבת העבודה.
network-screen-key-refused = הענן לא קיבל את המפתח של המחשב הזה.
network-screen-key-refused-next = בדקו את כתובת הענן: היא חייבת להיות הכתובת שבה משתמשים הבעלים.
network-screen-removed = הבעלים של סביבת העבודה הסיר את המסך הזה.
network-screen-removed-next = כדי להשתמש בו שוב, בקשו קוד חדש מהבעלים והריצו במחשב הזה multiclaw enroll. לאחר מכן הוא יתחיל מעצמו.
network-screen-of-another-cloud = המחשב הזה הוא מסך של { $cloud }, ולא של הענן הזה.
network-screen-of-another-cloud-next = הפעילו אותו עם הכתובת ההיא, או רשמו אותו כאן עם קוד חדש.

## Two sentences, one after the other
network-both = { $first } { $second }
