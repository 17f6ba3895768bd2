# המסך ללא השגחה.

## אילו מקשים הוא שומר לעצמו

kiosk-keys-own = ‏F11,‏ Ctrl+K ומקשים אחרים של MultiClaw
kiosk-keys-consoles = ‏Ctrl+Alt+F1 עד F12
# בין שני מקשים ברשימה.
kiosk-keys-between = ,{" "}
kiosk-held-cage = נשמרים תחת cage: { $keys }.
kiosk-held-wayland = נשמרים בשולחן עבודה של Wayland: { $keys }.
kiosk-held-x-server = נשמרים בשרת X ללא מנהל חלונות: { $keys }.
kiosk-held-x11 = נשמרים בשולחן עבודה של X11: { $keys }.
kiosk-held-other = נשמרים במערכת הזאת: { $keys }.
kiosk-not-held = לא נשמרים: { $keys }.
kiosk-use-cage = למסך שאיש אינו משגיח עליו, השתמשו בהפעלה של cage.

## כשאין תמונה

kiosk-next-attempt =
    { $seconds ->
        [one] הניסיון הבא יהיה בעוד שנייה אחת.
        [two] הניסיון הבא יהיה בעוד שתי שניות.
       *[other] הניסיון הבא יהיה בעוד { $seconds } שניות.
    }

## קוד ה-PIN שמוציא ממנו

kiosk-leave = יציאה מהמסך הזה
kiosk-pin = קוד PIN
kiosk-pin-checking = מתבצעת בדיקה.
kiosk-pin-wrong =
    { $left ->
        [one] קוד ה-PIN שגוי. נותר ניסיון אחד.
        [two] קוד ה-PIN שגוי. נותרו שני ניסיונות.
       *[other] קוד ה-PIN שגוי. נותרו { $left } ניסיונות.
    }
kiosk-pin-locked =
    { $seconds ->
        [one] יותר מדי קודי PIN שגויים. נסו שוב בעוד שנייה אחת.
        [two] יותר מדי קודי PIN שגויים. נסו שוב בעוד שתי שניות.
       *[other] יותר מדי קודי PIN שגויים. נסו שוב בעוד { $seconds } שניות.
    }
kiosk-pin-ready = ‏Enter יוצא, Escape חוזר.
