## The list

conversations-conversations = שיחות
conversations-new = שיחה חדשה
conversations-new-tip = שיחה חדשה (Ctrl+N)
conversations-search = חיפוש שיחות
conversations-search-clear = ניקוי החיפוש
conversations-search-none = אין שיחה שמופיע בה "{ $text }".
conversations-searching = מתבצע חיפוש…
conversations-nothing-found = לא נמצא דבר
conversations-list-loading = השיחות נטענות…
conversations-list-loading-earlier = שיחות קודמות נטענות…
conversations-list-none = אין עדיין שיחות
conversations-list-none-text = השיחות שתתחילו יופיעו כאן.
conversations-needs-cloud = לשם כך דרוש MultiClaw Cloud, ואי אפשר להגיע אליו כעת.
conversations-row-by = מאת { $author }
conversations-row-empty = אין עדיין הודעות
conversations-place-local = רק במחשב הזה
conversations-place-synced = במחשב הזה ובסביבת העבודה
conversations-place-workspace = בסביבת העבודה

## No conversation is open

conversations-none-title = התחילו את השיחה הראשונה
conversations-live-workspace = השיחות נשארות במחשב הזה, ומסתנכרנות עם סביבת העבודה שלכם.
conversations-live-local = השיחות נשארות במחשב הזה. כשתצטרפו לסביבת עבודה, הן יסתנכרנו איתה.
conversations-not-open-title = אין שיחה פתוחה
conversations-not-open-text = בחרו אחת מהרשימה, או התחילו חדשה.

## What is done with a conversation

conversations-open = פתיחה
conversations-rename = שינוי שם
conversations-title = כותרת
conversations-menu-delete = מחיקה…
conversations-delete = מחיקה
conversations-cancel = ביטול
conversations-delete-question = למחוק את השיחה הזו?
conversations-delete-local = "{ $title }". השיחה תימחק במחשב הזה. אי אפשר לבטל זאת.
conversations-delete-synced = "{ $title }". השיחה תימחק במחשב הזה ובסביבת העבודה. אי אפשר לבטל זאת.
conversations-try-again = ניסיון נוסף

## The bar above a conversation

conversations-back = חזרה לשיחות
conversations-more = עוד
conversations-more-actions = פעולות נוספות
conversations-with = עם { $agent }
conversations-begun-by = ביוזמת { $author }

## Finding text

conversations-find = חיפוש בשיחה הזו
conversations-find-tip = חיפוש בשיחה הזו (Ctrl+F)
conversations-find-place = { $at } מתוך { $count }
conversations-find-looking = מתבצע חיפוש…
conversations-find-previous = הקודם
conversations-find-previous-tip = הקודם (Shift+Enter)
conversations-find-next = הבא
conversations-find-next-tip = הבא (Enter)
conversations-find-close = סגירת החיפוש

## The messages

conversations-messages = הודעות
conversations-message = הודעה
conversations-you = אתם
conversations-agent = סוכן
conversations-today = היום
conversations-loading = ההודעות נטענות…
conversations-empty = אין כאן עדיין דבר
conversations-first = כתבו למטה את ההודעה הראשונה.
conversations-first-agent = כתבו למטה אל { $agent }.
conversations-earlier-loading = הודעות קודמות נטענות…
conversations-earlier-offline = הודעות קודמות ייטענו כשאפשר יהיה להגיע אל MultiClaw Cloud.
conversations-earlier-failed = אי אפשר היה לטעון הודעות קודמות.
conversations-newest = מעבר להודעה החדשה ביותר
conversations-new-messages =
    { $count ->
        [one] הודעה חדשה אחת
        [two] שתי הודעות חדשות
       *[other] { $count } הודעות חדשות
    }
conversations-copy-message = העתקת ההודעה
conversations-show-all = הצגת הכול ({ $size })
conversations-show-less = הצגת פחות
conversations-unsent = טרם נשלחה
conversations-unsent-because = טרם נשלחה. { $problem }
conversations-unsent-connecting = טרם נשלחה. מתבצע חיבור אל MultiClaw Cloud…

## Writing a message

conversations-write = כתבו הודעה
conversations-send = שליחה
conversations-send-tip = שליחה (Enter)
conversations-foot-enter = Enter שולח. Shift+Enter פותח שורה חדשה.
conversations-foot-offline = אין חיבור. מה שתשלחו ממתין במחשב הזה.
conversations-only-read = אפשר לקרוא את השיחה הזו, אך לא לכתוב בה.
conversations-only-author = השיחה הזו ביוזמת { $author }, ורק מי שהתחיל אותה יכול לכתוב בה.
conversations-too-long = ארוכה מכדי לשלוח: { $size } מתוך { $most } לכל היותר.
conversations-too-long-cut-off = ארוכה מכדי לשלוח: { $size } מתוך { $most } לכל היותר. סוף מה שהודבק נחתך.
conversations-bytes =
    { $count ->
        [one] בייט אחד
        [two] שני בייטים
       *[other] { $count } בייטים
    }
conversations-kilobytes = { $count } KB
conversations-megabytes = { $count } MB
