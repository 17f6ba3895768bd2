## With a password

sign-in-title = כניסה ל־MultiClaw
sign-in-email = דוא״ל
sign-in-email-hint = you@company.com
sign-in-password = סיסמה
sign-in-password-show = הצגת הסיסמה
sign-in-password-hide = הסתרת הסיסמה
sign-in-password-once = הסיסמה נשלחת פעם אחת ואינה נשמרת לעולם.
sign-in-act = כניסה
sign-in-busy = מתבצעת כניסה…
sign-in-cancel = ביטול
# Between the password and the browser.
sign-in-or = או
sign-in-browser = המשך בדפדפן
sign-in-invited = יש לי הזמנה
sign-in-invited-why = הצטרפות לסביבת עבודה עם הקוד שקיבלתם.
sign-in-locally = שימוש ללא חשבון
sign-in-locally-why = שיחה עם הסוכנים שבמחשב הזה. הכול נשאר כאן.
sign-in-restoring = מתבצעת כניסה…

## In the browser

sign-in-browser-title = המשיכו בדפדפן
sign-in-browser-code = המשיכו רק אם הדפדפן מציג את הקוד הזה:
sign-in-browser-address-open = אם לא נפתח דפדפן, פתחו את הכתובת הזאת:
sign-in-browser-address = כתובת
sign-in-browser-copy = העתקת הכתובת
sign-in-browser-again = פתיחת הדפדפן שוב
sign-in-browser-waits = הדף הזה ימשיך מעצמו ברגע שתיכנסו שם.

## With an invitation

sign-in-join-title = הצטרפות לסביבת עבודה
sign-in-join-code = קוד הזמנה
sign-in-join-code-hint = כפי שמופיע בהזמנה
sign-in-join-name = שם מלא
sign-in-join-password = לפחות { $shortest } תווים. אם יש לכם חשבון, השתמשו בסיסמה שלו.
sign-in-join-password-short =
    { $missing ->
        [one] לפחות { $shortest } תווים: חסר עוד תו אחד.
        [two] לפחות { $shortest } תווים: חסרים עוד שני תווים.
       *[other] לפחות { $shortest } תווים: חסרים עוד { $missing } תווים.
    }
sign-in-join = הצטרפות
sign-in-join-busy = מתבצעת הצטרפות…
sign-in-join-back = חזרה לכניסה
