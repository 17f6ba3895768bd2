## The bar above the picture

viewer-back = חזרה לשולחנות העבודה
viewer-fit = התאמה לחלון
viewer-actual-size = גודל אמיתי
viewer-picture = תמונה
viewer-quality = איכות
viewer-view-only = צפייה בלבד
viewer-send-keys = שליחת מקשים
viewer-keyboard = מקלדת
viewer-chat = צ׳אט (Ctrl+Alt+C)
viewer-picture-to-chat = צירוף תמונה לצ׳אט (Ctrl+Alt+S)
viewer-statistics = נתונים
viewer-full-screen = מסך מלא (F11)

## How the connection is

viewer-live = בשידור חי
viewer-live-direct = בשידור חי, חיבור ישיר
viewer-live-relay = בשידור חי דרך ממסר
viewer-connecting = מתחבר
viewer-unstable = לא יציב
viewer-not-connected = לא מחובר

## Menus of the bar

viewer-keys-kept = מקשים שנשארים כאן: F11 ו־Ctrl+Alt+Enter למסך מלא, Ctrl+Alt+T לסרגל הזה, Ctrl+Alt+C לצ׳אט, Ctrl+Alt+S לצירוף תמונה לצ׳אט.
viewer-keyboard-typed = מה שמקלידים
viewer-keyboard-typed-why = תווים לפי הפריסה שלכם, מקשים לפי מיקומם
viewer-keyboard-position = מיקום המקשים
viewer-keyboard-position-why = למשחקים, או כשהפריסה זהה בשני הצדדים
viewer-quality-low = חיסכון בנתונים
viewer-quality-low-why = 10 תמונות בשנייה, איכות גסה
viewer-quality-balanced = מאוזן
viewer-quality-balanced-why = 30 תמונות בשנייה
viewer-quality-sharp = חד
viewer-quality-sharp-why = 60 תמונות בשנייה, איכות גבוהה
viewer-refresh = רענון התמונה

## Over the picture, while there is none or it is old

viewer-desktop = שולחן העבודה { $name }
viewer-opening = פתיחת { $name }
viewer-step-cloud = פנייה לענן
viewer-step-desktop = המתנה לשולחן העבודה
viewer-step-path = חיפוש נתיב ברשת
viewer-step-picture = המתנה לתמונה הראשונה
viewer-cancel = ביטול
viewer-retry-in = ניסיון נוסף בעוד { $seconds } שנ׳ (ניסיון { $attempt })
viewer-retry-off = לא ייעשה ניסיון נוסף מעצמו.
viewer-retry-now = ניסיון עכשיו
viewer-retry-stop = הפסקת הניסיונות
viewer-connection-unstable = החיבור אינו יציב.
# When it was taken, and how long ago that is: one of the three below.
viewer-picture-age = תמונה מ־{ $at }, לפני { $span }
viewer-span-seconds = { $count } שנ׳
viewer-span-minutes = { $count } דק׳
viewer-span-hours = { $count } שע׳

## Figures

viewer-verdict-still = דבר אינו משתנה בשולחן העבודה.
viewer-verdict-computer = המחשב הזה מפענח לאט: בחרו ב"חיסכון בנתונים".
viewer-verdict-network = הרשת איטית: בחרו ב"חיסכון בנתונים".
viewer-verdict-good = התמונה עדכנית.
viewer-figure-desktop = שולחן עבודה
viewer-figure-pictures = התקבלו / פוענחו / הוצגו
viewer-figure-rates = { $received } / { $decoded } / { $shown } fps
viewer-figure-decode = פענוח, חציון / 99 %
viewer-figure-upload = העלאה
viewer-figure-age = גיל, חציון / 99 %
viewer-figure-round-trip = הלוך ושוב
viewer-figure-data = נתונים
viewer-figure-dropped = הושמטו (פגומות)
viewer-figure-path = נתיב
viewer-path-unknown = לא ידוע
viewer-path-direct = ישיר
viewer-path-relay = ממסר
