# גרסאות חדשות של התוכנה.

## למה גרסה חדשה ממתינה

update-waits-for-desktop = היא תורד כשתצאו משולחן העבודה.
update-waits-for-hours = היא תורד כשהשעות השקטות יסתיימו.
update-waits-for-word = היא אינה מורדת מעצמה: האפשרות הזאת כבויה.

## מה לעשות, לאחר תקלות רבות

update-nothing-changed = לא בוצע שום שינוי.
update-ask = לא בוצע שום שינוי. נסו שוב מאוחר יותר. אם זה נמשך, הורידו את MultiClaw מהאתר שלו ודווחו לכתובת security@multiclaw.io.
update-other-file = לא בוצע שום שינוי. הורידו שוב את הקובץ ואת החתימה שלו.

## תקלות

# מי לא ענה, בתחילת משפט.
update-server = שרת העדכונים
update-status = שרת העדכונים השיב במצב { $status }.
update-status-next = נסו שוב מאוחר יותר. אם זה נמשך, ייתכן ששרת proxy או חומת אש עונים במקומו.
update-refused = העדכון נדחה: { $why }.
update-too-old = הגרסה הזאת ישנה מדי לעדכון ההוא, שדורש את גרסה { $version }.
update-too-old-next = הורידו את MultiClaw מהאתר שלו והתקינו אותו על גבי הגרסה הזאת.
update-downgrade = גרסה { $version } נדחתה: היא אינה חדשה מ-{ $floor }.
update-downgrade-next = לא בוצע שום שינוי. בגרסאות ישנות עלולות להיות תקלות ידועות.
update-size = בעדכון יש { $got } בתים, וצריכים להיות { $signed }.
update-size-next = לא בוצע שום שינוי. נסו שוב.
update-folder = לא ניתן להשתמש בתיקייה { $folder } לעדכונים: { $why }.
update-folder-next = הסירו אותה, או הגבילו אותה אליכם בלבד, ונסו שוב.
update-disk-full = אין מקום בדיסק לעדכון.
update-disk-full-next = פנו מקום ונסו שוב. MultiClaw ממשיך לעבוד.
update-not-kept = לא ניתן היה לשמור את העדכון ({ $what }: { $why }).
update-not-kept-next = בדקו שיש מקום בדיסק ושתיקיית התוכנה שייכת לכם.
update-changed = העדכון השתנה במחשב הזה לאחר שאומת.
update-changed-next = הוא הושלך. ייתכן שמשהו במחשב הזה משבש תוכנות.
update-nothing-kept = אין גרסה קודמת לחזור אליה.
update-self-test = הגרסה החדשה אינה עולה במחשב הזה: { $why }.
update-self-test-next = הגרסה הזאת ממשיכה לעבוד. הגרסה החדשה לא תנוסה שוב מעצמה.
update-busy = חלון אחר של MultiClaw מתעדכן.
update-busy-next = המתינו עד שיסיים. זוהי תוכנה אחת בדיסק.
update-ending = העדכון הופסק.
update-ending-next = נסו שוב.
update-failed = העדכון נכשל.
update-failed-why = העדכון נכשל: { $why }.

## היכן נמצאת התוכנה

update-not-writable = אין לכם הרשאת כתיבה לתיקייה { $folder }.
update-not-writable-next = עדכנו את MultiClaw בדרך שבה הותקן, או העבירו אותו לתיקייה משלכם.
# הערך הוא מה שהתקין אותו, למשל: dpkg
update-packaged = ‏MultiClaw הותקן כאן באמצעות { $by }.
update-packaged-next = עדכנו אותו שם: שניים שמשנים את אותם קבצים היו משבשים זה את עבודתו של זה.
update-no-keys = ‏MultiClaw נבנה כאן ללא מפתחות, ולכן אינו יכול לאמת גרסה חדשה.
update-no-keys-next = עדכנו אותו בדרך שבה נבנה.

## חתימות

update-unsigned = לעדכון אין חתימה.
update-signature-unreadable = לא ניתן לקרוא את חתימת העדכון.
update-signature-outdated = העדכון חתום בדרך מיושנת, שאינה מתקבלת.
update-unknown-key = העדכון חתום במפתח אחר, { $key }.
update-unknown-key-next = לא בוצע שום שינוי. מתקבלים רק המפתחות שרשומים בדף הזה. אם לא ציפיתם לכך, דווחו לכתובת security@multiclaw.io.
update-signature-wrong = העדכון אינו מה שנחתם: הוא השתנה, או שאינו שלם.
update-signature-refused = חתימת העדכון אינה מתקבלת: { $why }.

## רשימת הגרסאות

update-no-target = אין גרסה חדשה לסוג המחשב הזה ({ $target }).
update-no-target-next = בדקו באתר של MultiClaw.
update-list-future = רשימת הגרסאות היא מהעתיד.
update-list-future-next = בדקו את התאריך והשעה במחשב הזה ונסו שוב.
update-list-older = רשימת הגרסאות ישנה מרשימה שכבר נראתה, ולכן לא נעשה בה שימוש.
update-list-older-next = נסו שוב מאוחר יותר. ייתכן שמטמון, או מישהו בדרך, מעכב רשימות חדשות יותר.
update-too-large = העדכון גדול מדי.
update-list-refused = רשימת הגרסאות נדחתה: { $why }.
update-not-unpacked = העדכון לא נפרס: { $why }.
update-list-expired = רשימת הגרסאות ישנה מכדי להשתמש בה, ולכן לא הותקן דבר.
update-list-expired-long = העדכונים לא נבדקו יותר מ-30 יום: רשימת הגרסאות ישנה.
update-list-expired-next = בדקו את התאריך והשעה במחשב הזה. אם הם נכונים, ייתכן שמטמון, או מישהו בדרך, מעכב רשימות חדשות יותר: בדקו באתר של MultiClaw.

## תוצאת הבדיקה

update-newest = זוהי הגרסה החדשה ביותר. חתימת הרשימה תקינה.
update-offered = גרסה { $version } זמינה. חתימת הרשימה תקינה.
update-offered-failed = גרסה { $version } זמינה, אך היא לא עבדה במחשב הזה.
update-verified = גרסה { $version } הורדה. החתימה שלה תקינה.

## מה עלה בגורלה של גרסה

update-reason-did-not-start = היא לא עלתה פעמיים, והוחזרה הגרסה הקודמת.
update-reason-self-test = היא נכשלה בבדיקה העצמית ({ $why }) ולא הותקנה.
update-reason-taken-back = חזרתם ממנה לגרסה קודמת.
update-installed = גרסה { $version } הותקנה ב-{ $day }.
update-did-not-start = גרסה { $version }, { $day }: היא לא עלתה פעמיים, והוחזרה הגרסה הקודמת.
update-self-test-failed = גרסה { $version }, { $day }: היא נכשלה בבדיקה העצמית ({ $why }) ולא הותקנה.
update-taken-back = גרסה { $version }, { $day }: חזרתם ממנה לגרסה קודמת.

## הכלל של מנהל המערכת

update-frozen-up-to = הנהלת המערכת של המחשב הזה מאפשרת גרסאות עד { $version }, ולא אחריה.
update-frozen = הנהלת המערכת של המחשב הזה משאירה את MultiClaw בגרסה { $version }.
update-frozen-badly = הנהלת המערכת של המחשב הזה משאירה את MultiClaw בגרסה הפועלת: בכלל כתוב ״{ $rule }״, וזו אינה גרסה.
update-by-rule-next = אם נחוצה לכם גרסה אחרת, פנו להנהלת המערכת.

## עדכונים מקבצים

update-two-files = עדכון מקבצים הוא שני קבצים: הארכיון והחתימה שלו.
update-two-files-next = בחרו את שניהם יחד: אחד שמסתיים ב-‎.tar.gz‎ ואחד שמסתיים ב-‎.minisig‎.
update-no-file = { $name } אינו קובץ.
update-no-file-next = בחרו את העדכון ואת החתימה שלו.
update-large-file = { $name } גדול מדי לעדכון.
update-no-dialog-next = התקינו את xdg-desktop-portal ורכיב המתאים לסביבת העבודה הגרפית שלכם, למשל xdg-desktop-portal-gtk, והיכנסו שוב למערכת.
update-dialog-hangs-next = הפעילו אותו מחדש באמצעות ״systemctl --user restart xdg-desktop-portal״, או היכנסו שוב למערכת.
