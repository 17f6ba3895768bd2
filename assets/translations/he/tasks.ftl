## The list

tasks-title = משימות
tasks-new = משימה חדשה
tasks-loading = המשימות נטענות…
tasks-none = אין עדיין משימות
tasks-none-text = משימה אומרת לסוכן מה לעשות. אפשר לראות את היומן שלה בזמן העבודה, ואת מה שיצא ממנה.
tasks-first = לכתוב את המשימה הראשונה
tasks-kept = נשמרה במחשב הזה; תישלח כשאפשר יהיה להגיע לענן.
tasks-row = #{ $number } { $title }, { $state }, { $agent }, מאת { $creator }, { $changed }
tasks-no-agent = ללא סוכן
tasks-unknown-agent = סוכן לא מוכר

## The state of a task

tasks-state-queued = בתור
tasks-state-running = בביצוע
tasks-state-waiting = בהמתנה
tasks-state-done = הושלמה
tasks-state-failed = נכשלה
tasks-state-cancelled = בוטלה
tasks-state-unknown = לא ידוע
tasks-running-percent = בביצוע { $percent }%

## Filters: which tasks are shown

tasks-shown-all = הכול
tasks-shown-open = פתוחות
tasks-shown-running = בביצוע
tasks-shown-waiting = בהמתנה
tasks-shown-done = הושלמו
tasks-shown-failed = נכשלו
tasks-search = חיפוש משימות
tasks-search-hint = כותרת או מספר
tasks-filter-agent = סוכן
tasks-any-agent = כל הסוכנים
tasks-everyones = של כולם
tasks-mine = שלי
tasks-nothing-found = לא נמצא דבר
tasks-nothing-found-text = אין משימה כזאת.
tasks-show-all = להציג את כל המשימות

## One task

tasks-back = חזרה למשימות
tasks-close = סגירת המשימה
tasks-not-yours = רק מי שיצרו את המשימה, או בעלים, יכולים לשנות אותה.
tasks-retry = נסו שוב
tasks-assign = הקצאה
tasks-assign-to = הקצאה לסוכן
tasks-assign-nobody = ללא הקצאה
tasks-outcome = תוצאה
tasks-why-failed = סיבת הכישלון
tasks-agent = סוכן
tasks-attempt = ניסיון
tasks-created-by = נוצרה בידי
tasks-created = נוצרה
tasks-changed = שינוי אחרון
tasks-brief = תדריך
tasks-no-brief = אין תדריך.

## The question before a task is cancelled

tasks-cancel = ביטול המשימה
tasks-cancel-question = לבטל את משימה #{ $number }?
tasks-cancel-text = "{ $title }" תיעצר. מה שנעשה עד כה יישאר ביומן שלה, ואפשר יהיה לנסות אותה שוב.
tasks-cancel-keep = שתמשיך

## The log of a task

tasks-log = יומן
tasks-log-lines =
    { $count ->
        [one] שורה אחת
        [two] שתי שורות
       *[other] { $count } שורות
    }
tasks-log-newest = 20,000 השורות החדשות ביותר
tasks-log-copy = העתקת הכול
tasks-log-copy-name = העתקת היומן כולו
tasks-log-loading = היומן נטען…
tasks-log-reload = לטעון את היומן שוב
tasks-log-empty = אין עדיין כלום. שורות יופיעו כשסוכן יעבוד על המשימה.

## The form of a new task

tasks-form-title = כותרת
tasks-form-title-hint = מה צריך לעשות, בשורה אחת
tasks-form-brief-hint = מה הסוכן צריך לדעת, ומה רוצים לקבל
tasks-form-agent = הסוכן של המשימה
tasks-no-agent-yet = עדיין ללא סוכן
tasks-create = יצירת משימה
tasks-creating = המשימה נוצרת…
tasks-form-cancel = ביטול
tasks-being-sent = המשימה נשלחת.
tasks-needs-title = למשימה צריכה להיות כותרת.
tasks-brief-too-long = התדריך ארוך מדי.
