## The list

agents-title = סוכנים
agents-new = סוכן חדש
agents-owners-only = רק בעלים יכולים לשנות סוכנים.
agents-loading = הסוכנים נטענים…
agents-none = אין עדיין סוכנים
agents-none-text-owner = סוכן עובד על משימות. יש לו מודל של ספק LLM, והנחיות.
agents-none-text-member = סוכן עובד על משימות. את הסוכן הראשון יוצרים הבעלים של סביבת העבודה.
agents-first = ליצור את הסוכן הראשון
agents-row = { $name }, { $provider } { $model }, { $keys }
agents-has-key = יש מפתח
agents-no-key = אין מפתח

## One agent

agents-back = חזרה לסוכנים
agents-close = סגירת הסוכן
agents-edit = עריכה
agents-delete = מחיקה
agents-provider = ספק
agents-model = מודל
agents-changed = שינוי אחרון
agents-instructions = הנחיות
agents-no-instructions = אין הנחיות.

## Its API keys

agents-keys = מפתחות API
agents-no-key-for = אין עדיין מפתח של { $provider }
agents-key-set = הגדרת מפתח
agents-key-set-on = הוגדר { $date }
agents-key-row = מפתח { $provider } …{ $end }, הוגדר { $date }
agents-key-remove-named = הסרת המפתח של { $provider }
agents-key-replace-named = החלפת המפתח של { $provider }

## Questions before something is deleted

agents-delete-agent = מחיקת הסוכן
agents-delete-question = למחוק את { $name }?
agents-delete-text = המשימות שלו יישארו ללא סוכן, ומפתחות ה-API שלו יימחקו. אי אפשר לבטל את הפעולה.
agents-delete-keep = להשאיר
agents-key-remove = הסרת המפתח
agents-key-remove-question = להסיר את המפתח של { $provider }?
agents-key-remove-text = הסוכן { $name } לא יוכל עוד להשתמש ב-{ $provider }, עד שיוגדר מפתח חדש.
agents-key-remove-keep = להשאיר

## The form of an agent

agents-form-edit = עריכת סוכן
agents-form-name = שם
agents-form-name-hint = מחקר
agents-form-other = אחר
agents-form-other-name = שם הספק
agents-form-model-hint = שם המודל
agents-form-use-model = שימוש ב-{ $model }
agents-form-instructions-hint = מה נאמר לסוכן לפני כל דבר אחר
agents-form-create = יצירת סוכן
agents-form-save = שמירה
agents-form-saving = הסוכן נשמר…
agents-cancel = ביטול
agents-being-saved = הסוכן נשמר כעת.
agents-needs-name = לסוכן צריך להיות שם.
agents-needs-provider = לסוכן צריך להיות ספק.
agents-needs-model = לסוכן צריך להיות מודל.
agents-instructions-too-long = ההנחיות ארוכות מדי.

## The form of an API key

agents-key = מפתח API
agents-key-title = מפתח API עבור { $name }
agents-key-hint = הדביקו אותו כאן
agents-key-note = נכתב פעם אחת ולא יוצג שוב. הענן שומר אותו מוצפן.
agents-key-save = הגדרת המפתח
agents-key-writing = המפתח נכתב…
agents-key-being-written = המפתח נכתב כעת.
agents-key-needs-provider = מפתח שייך לספק.
agents-key-needs-key = הדביקו קודם את המפתח.
