## Head of the screen

desktops-title = שולחנות עבודה בענן
desktops-count =
    { $count ->
        [one] שולחן עבודה אחד
        [two] שני שולחנות עבודה
       *[other] { $count } שולחנות עבודה
    }
# The desktops are those of desktops-count.
desktops-count-online = { $desktops }, מקוונים: { $online }
desktops-refresh = רענון
desktops-search = חיפוש שולחנות עבודה

## While there is no list

desktops-loading = טעינת שולחנות העבודה…
desktops-none = עדיין אין שולחנות עבודה בענן
desktops-none-why = כשסביבת העבודה שלכם תקבל שולחן עבודה בענן, הוא יופיע כאן.
desktops-nothing-found = לא נמצא דבר
desktops-nothing-found-why = אין שולחן עבודה בשם כזה.

## One desktop

desktops-online = מקוון
desktops-starting = בהפעלה
desktops-offline = לא מקוון
desktops-offline-since = לא מקוון, נראה לאחרונה { $seen }
desktops-viewers =
    { $count ->
        [one] צופה אחד
        [two] שני צופים
       *[other] { $count } צופים
    }
desktops-open = פתיחה
desktops-open-named = פתיחת { $name }
desktops-not-online = אפשר יהיה לפתוח אותו ברגע שיהיה מקוון.
desktops-start = הפעלה
desktops-start-named = הפעלת { $name }
desktops-may-not-start = אין לכם הרשאה להפעיל שולחנות עבודה.
desktops-no-cloud = אי אפשר להגיע לענן.
desktops-more = עוד על { $name }

## Stopping one

desktops-stop = עצירה…
desktops-stop-question = לעצור את { $name }?
desktops-stop-text =
    { $viewers ->
        [0] כל מה שפועל בו ייפסק.
        [one] כל מה שפועל בו ייפסק. צופה אחד צופה בו עכשיו.
        [two] כל מה שפועל בו ייפסק. שני צופים צופים בו עכשיו.
       *[other] כל מה שפועל בו ייפסק. { $viewers } צופים צופים בו עכשיו.
    }
desktops-stop-yes = עצירת שולחן העבודה
desktops-cancel = ביטול
