## Sizes
files-bytes =
    { $count ->
        [one] בית אחד
        [two] שני בתים
       *[other] { $count } בתים
    }

## Files that are not attached
files-large = גודל הקובץ { $name } הוא { $size }; השער מקבל קבצים של עד { $limit }.
files-large-next = בחרו קובץ קטן יותר.
files-large-picture = גודל התמונה { $name } הוא { $size }; השער מקבל תמונות של עד { $limit }.
files-large-picture-next = הקטינו אותה, או בחרו אחרת.
files-large-together = עם הקובץ הזה גודל ההודעה הוא { $size }; השער מקבל עד { $limit }.
files-large-together-next = שלחו אותו עם ההודעה הבאה.
files-many =
    { $count ->
        [one] בהודעה יכול להיות קובץ אחד לכל היותר.
        [two] בהודעה יכולים להיות שני קבצים לכל היותר.
       *[other] בהודעה יכולים להיות { $count } קבצים לכל היותר.
    }
files-many-next = שלחו קודם את אלה, ואת השאר עם ההודעה הבאה.
files-much = קבצים שצורפו ועדיין לא נשלחו יכולים להגיע יחד ל-{ $limit } לכל היותר.
files-much-next = שלחו את ההודעות שהתחלתם בשיחות אחרות, או הסירו את הקבצים שלהן.
files-folder = { $name } הוא תיקייה.
files-folder-next = צרפו את הקבצים שבה, או ארכיון שלה.
files-no-file = { $name } הוא התקן או צינור, ולא קובץ.
files-no-file-next = בחרו קובץ.
files-gone = { $name } כבר אינו שם.
files-forbidden = אין לכם הרשאה לפתוח את { $name }.
files-no-room = אין מקום בדיסק עבור { $name }.
files-unusable = אי אפשר להשתמש ב-{ $name }: { $why }.
files-damaged = הוא פגום
files-choose-another-next = בחרו קובץ אחר.
files-reading = קובץ עדיין נקרא.
files-reading-next = שלחו את ההודעה כשהוא יהיה מוכן.
files-no-picture-in-clipboard = אין תמונה בלוח.
files-no-picture-in-clipboard-next = העתיקו תמונה ונסו שוב.
files-no-desktop = אין שולחן עבודה פתוח.
files-no-desktop-next = פתחו אחד כדי לצרף את התמונה שלו.
files-no-picture = עדיין אין תמונה של { $name }.
files-no-picture-next = המתינו עד ששולחן העבודה יוצג.
files-not-encoded = לא ניתן היה ליצור קובץ מהתמונה { $name }.
files-try-again-next = נסו שוב.

## The export of a conversation
files-not-complete = { $name } אינו שלם.
files-nothing-to-export = אין שיחה פתוחה.
files-nothing-to-export-next = פתחו את השיחה שברצונכם לייצא.

## The system's dialogs, clipboard and notifications
files-no-dialog = אין במערכת הזאת דבר שמציג תיבות דו-שיח של קבצים.
files-no-dialog-next = התקינו את xdg-desktop-portal ורכיב מתאים לסביבת שולחן העבודה שלכם, למשל xdg-desktop-portal-gtk, והיכנסו מחדש למערכת. אפשר גם לגרור קובץ אל השיחה.
files-dialog-hangs = שירות תיבות הדו-שיח של המערכת אינו עונה.
files-dialog-hangs-next = הפעילו אותו מחדש באמצעות "systemctl --user restart xdg-desktop-portal", או היכנסו מחדש למערכת. אפשר גם לגרור קובץ אל השיחה.
files-dialog-failed = תיבת הדו-שיח לבחירת קבצים נכשלה.
files-clipboard-unreadable = אי אפשר לקרוא את הלוח.
files-clipboard-unreadable-next = שמרו את התמונה וצרפו את הקובץ.
files-no-notifications = אין כאן דבר שמציג התראות.
files-refused-to-itself = MultiClaw מנע זאת מעצמו: זו תקלה של MultiClaw.
files-refused-to-itself-next = מה שנמנע מופיע בהגדרות תחת "הרשאות".
files-not-awake = אין כאן דבר שמשאיר את המסך דולק.

## Titles of dialogs, and names of files
files-attach-title = צירוף קבצים
files-clipboard-name = לוח
files-name-of-none = קובץ
files-export-title = ייצוא שיחה

## An exported conversation, as Markdown
files-export-agent = סוכן: { $agent }
files-export-model = מודל: { $model }
files-export-key = שיחה: { $key }
files-export-when = מועד הייצוא: { $when }
files-export-you = אתם
files-export-not-sent = לא נשלח: { $why }
files-export-the-agent = סוכן
files-export-stopped = נעצר.
files-export-thinking = חשיבה
files-export-failed = נכשל
files-export-heading = { $who }, { $when }
files-export-attached = מצורף: { $name } ({ $kind })
files-export-tool = כלי { $name }
files-export-exit = קוד יציאה { $code }
files-export-facts = { $summary } ({ $facts })
files-export-between = {", "}
files-export-input = קלט:
files-export-output = פלט:
files-export-cut =
    { $count ->
        [one] בית אחד של הפלט הושמט.
        [two] שני בתים של הפלט הושמטו.
       *[other] { $count } בתים של הפלט הושמטו.
    }

## How a tool in an exported conversation ended
files-export-state-running = פועל
files-export-state-waiting = ממתין לאישור
files-export-state-done = הסתיים
files-export-state-failed = נכשל
files-export-state-denied = נדחה
files-export-state-stopped = נעצר
